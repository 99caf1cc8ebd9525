export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  /** The label is read out but not shown. */
  readonly bare?: boolean;
}

/** A list to choose one from, with its label. Titles may be hostile: they are text. */
export function Select<Value extends string>({ label, value, choices, onChange, bare = false }: SelectProps<Value>) {
  return (
    <label class="field">
      <span class={bare ? 'visually-hidden' : 'field-label'}>{label}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const choice = choices[currentTarget.selectedIndex];
          if (choice !== undefined) onChange(choice.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Two to four choices side by side, one pressed. */
export function Segments<Value extends string>({ label, value, choices, onChange }: SelectProps<Value>) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.title}
        </button>
      ))}
    </div>
  );
}
