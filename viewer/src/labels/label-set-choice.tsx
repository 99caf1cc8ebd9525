import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Select } from '../components/select.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';

export interface LabelSetChoiceProps {
  readonly value: string;
  /** The sets there are; the one chosen need not be among them. */
  readonly known: readonly string[];
  readonly onChange: (set: string) => void;
}

/** No set can be called so: names hold no control characters. */
const another = '\n';

/** What no set can be called, or null. */
export function setNameProblem(name: string): string | null {
  if (name === '') return 'a set needs a name';
  if (name === 'truth') return 'truth is what the input files say: it cannot be written';
  if (name.startsWith('.')) return 'a name does not begin with a dot';
  if (/[/\\\p{Cc}]/u.test(name)) return 'no slash, backslash or control character';
  return [...name].length > 190 ? 'at most 190 characters' : null;
}

/** Chooses a label set among those there are, or names a new one, which exists from its first answer on. */
export function LabelSetChoice({ value, known, onChange }: LabelSetChoiceProps) {
  const naming = useSignal(false);
  const name = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (naming.value) field.current?.focus();
  }, [naming.value]);
  const names = [...new Set([...known, value])].filter((set) => set !== 'truth');
  const isNew = (set: string): boolean => !known.includes(set);
  const problem = setNameProblem(name.value.trim());
  if (!naming.value) {
    return (
      <Select
        label="Label set"
        value={value}
        choices={[
          ...names.map((set) => ({
            value: set,
            title: `${shortenMiddle(visibleText(set), 40)}${isNew(set) ? ' (new)' : ''}`,
          })),
          { value: another, title: 'another …' },
        ]}
        onChange={(set) => {
          if (set === another) naming.value = true;
          else onChange(set);
        }}
      />
    );
  }
  return (
    <form
      class="list-controls new-set"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== null) return;
        naming.value = false;
        onChange(name.peek().trim());
        name.value = '';
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        naming.value = false;
      }}
    >
      <label class="field">
        <span class="field-label">New label set</span>
        <input
          ref={field}
          type="text"
          value={name.value}
          maxLength={380}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={name.value !== '' && problem !== null}
          onInput={({ currentTarget }) => (name.value = currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={problem !== null} title={problem ?? undefined}>
        Use
      </button>
      <button type="button" class="quiet" onClick={() => (naming.value = false)}>
        Cancel
      </button>
      {name.value !== '' && problem !== null && <span class="muted">{problem}</span>}
    </form>
  );
}
