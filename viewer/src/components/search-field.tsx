import { useEffect, useRef } from 'preact/hooks';

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  /** Called when the typing pauses. */
  readonly onChange: (text: string) => void;
  readonly placeholder?: string;
  /** Milliseconds without a key before it counts as a pause. */
  readonly pause?: number;
}

/** A field to search with; Escape empties it. `/` on a page focuses the first one. */
export function SearchField({ label, value, onChange, placeholder, pause = 150 }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // What the person is typing is not overwritten by an address that lags behind.
    if (field.current !== null && field.current !== document.activeElement) field.current.value = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const say = (text: string, wait: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text), wait);
  };
  return (
    <label class="field search">
      <span class="visually-hidden">{label}</span>
      <input
        ref={field}
        type="search"
        defaultValue={value}
        placeholder={placeholder ?? label}
        spellcheck={false}
        autocomplete="off"
        maxLength={1000}
        onInput={({ currentTarget }) => say(currentTarget.value, pause)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') say(currentTarget.value, 0);
          if (key === 'Escape' && currentTarget.value !== '') {
            currentTarget.value = '';
            say('', 0);
          }
        }}
      />
    </label>
  );
}
