import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { visibleText } from '../text/visible-text.js';

export interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  /** Offers to change the text before it is copied. */
  readonly editable?: boolean;
}

/**
 * A command to take away: shown whole, selectable, copied by a button. One that holds control characters is not copied:
 * a terminal could take them for keys; one that hides others is not changed, for what is seen would not be what it is.
 */
export function CopyField({ label, text, editable = false }: CopyFieldProps) {
  const id = useId();
  const said = useSignal('');
  const edited = useSignal<string | null>(null);
  const code = useRef<HTMLElement>(null);
  const unsafe = /\p{Cc}/u.test(text);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(edited.value ?? text);
      said.value = 'copied';
    } catch {
      // No clipboard on an insecure origin or without leave: the text is selected, ready for Ctrl-C.
      if (code.current instanceof HTMLTextAreaElement) code.current.select();
      else if (code.current !== null) getSelection()?.selectAllChildren(code.current);
      said.value = 'selected: press Ctrl+C';
    }
  };
  return (
    <div class="copy-field" role="group" aria-label={label}>
      {edited.value === null ? (
        // A long command scrolls inside its frame: reachable by keyboard.
        <code ref={code} id={id} tabIndex={0}>
          {visibleText(text)}
        </code>
      ) : (
        <textarea
          ref={(field) => {
            code.current = field;
          }}
          id={id}
          aria-label={`${label}, to change`}
          rows={2}
          spellcheck={false}
          value={edited.value}
          onInput={({ currentTarget }) => (edited.value = currentTarget.value)}
        />
      )}
      {editable && visibleText(text) === text && (
        <button type="button" onClick={() => (edited.value = edited.value === null ? text : null)}>
          {edited.value === null ? 'Change' : 'As it was'}
        </button>
      )}
      <button
        type="button"
        disabled={unsafe}
        title={unsafe ? 'It holds control characters, which a terminal could take for keys' : undefined}
        onClick={() => void copy()}
        aria-describedby={id}
      >
        Copy
      </button>
      <span role="status" class="copy-said">
        {said.value}
      </span>
    </div>
  );
}
