import { authorName } from './chosen-set.js';

/** Who is said to have answered; asked once, remembered by the browser. */
export function AuthorField() {
  return (
    <label class="field">
      <span class="field-label">Your name</span>
      <input
        type="text"
        class="author"
        value={authorName.value}
        maxLength={190}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => (authorName.value = currentTarget.value)}
      />
    </label>
  );
}

/** As the API takes it. */
export const authorToSend = (): string | null => authorName.peek().trim() || null;
