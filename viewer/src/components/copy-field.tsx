import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { visibleText } from '../text/visible-text.js';

/** A command to take away: shown whole, selectable, copied by a button. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const id = useId();
  const said = useSignal('');
  const code = useRef<HTMLElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = 'copied';
    } catch {
      // No clipboard on an insecure origin or without leave: the text is selected, ready for Ctrl-C.
      if (code.current !== null) getSelection()?.selectAllChildren(code.current);
      said.value = 'selected: press Ctrl+C';
    }
  };
  return (
    <div class="copy-field" role="group" aria-label={label}>
      {/* A long command scrolls inside its frame: reachable by keyboard. */}
      <code ref={code} id={id} tabIndex={0}>
        {visibleText(text)}
      </code>
      <button type="button" onClick={() => void copy()} aria-describedby={id}>
        Copy
      </button>
      <span role="status" class="copy-said">
        {said.value}
      </span>
    </div>
  );
}
