import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { focusFamilies } from './focus-families.js';

export interface FamilyNameFieldProps {
  readonly label: string;
  readonly class: string;
  readonly value: Signal<string>;
  /** Offered while typing. */
  readonly families: readonly { readonly family: string | null; readonly instances: number }[];
}

const offered = 200;

/** A field for a family's name that offers those there are. */
export function FamilyNameField({ label, class: extra, value, families }: FamilyNameFieldProps) {
  const id = useId();
  return (
    <label class="field family-field">
      <span class="field-label">{label}</span>
      <input
        type="text"
        class={extra}
        list={id}
        value={value.value}
        maxLength={380}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => (value.value = currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          // Back to where the keys of the page count.
          focusFamilies();
        }}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <datalist id={id}>
        {families.slice(0, offered).map(
          ({ family, instances }) =>
            family !== null && (
              <option key={family} value={family}>
                {instances}
              </option>
            ),
        )}
      </datalist>
    </label>
  );
}
