import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { formatCount } from '../text/numbers.js';
import { LabelBadge } from './badge.js';
import '../styles/family-picker.css';
import { DataText } from './data-text.js';
import { type FamilyChoice, familyChoices, isKnown, type KnownFamily } from './family-choices.js';

export interface FamilyPickerProps {
  readonly label: string;
  /** What is in the field: a family there is, or a new one. */
  readonly value: string;
  readonly known: readonly KnownFamily[];
  /** At every key, and when a family is chosen. */
  readonly onChange: (family: string) => void;
  /** After Enter or a click has chosen one: where the focus goes on to, or the answer itself. */
  readonly onPick?: (choice: FamilyChoice) => void;
  /** Escape with the list closed; absent: the key is left to what is around. */
  readonly onLeave?: () => void;
  /** To find the field by from outside, for a key that leads to it. */
  readonly class?: string;
}

/**
 * A field for a family: typing narrows the families there are (letters in order are enough), the arrows move among
 * them, Enter takes the marked one and Escape closes the list. A name that no family has is offered as a new one.
 */
export function FamilyPicker(props: FamilyPickerProps) {
  const { label, value, known, onChange, onPick, onLeave } = props;
  const id = useId();
  const open = useSignal(false);
  const marked = useSignal(0);
  // Opened without a key typed, the list offers all, whatever the field says.
  const typed = useSignal('');
  const choices = open.value ? familyChoices(typed.value, known) : [];
  const at = Math.min(marked.value, choices.length - 1);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at, open.value]);

  const show = (text: string): void => {
    typed.value = text;
    marked.value = 0;
    open.value = true;
  };
  const pick = (choice: FamilyChoice): void => {
    open.value = false;
    onChange(choice.family);
    onPick?.(choice);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      if (open.value) marked.value = (at + step + choices.length) % Math.max(1, choices.length);
      else show('');
    } else if (event.key === 'Enter' && open.value && choices[at] !== undefined) pick(choices[at]);
    else if (event.key === 'Escape' && open.value) open.value = false;
    else if (event.key === 'Escape' && onLeave !== undefined) onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const isNew = value.trim() !== '' && !isKnown(value.trim(), known);
  return (
    <div class={`field family-picker ${props.class ?? ''}`}>
      <label class="field-label" for={`${id}-field`}>
        {label}
      </label>
      <input
        id={`${id}-field`}
        type="text"
        role="combobox"
        aria-expanded={open.value && choices.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open.value && at >= 0 ? `${id}-${at}` : undefined}
        aria-describedby={isNew ? `${id}-new` : undefined}
        value={value}
        // A family has at most 190 characters, some of which take two units.
        maxLength={380}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value);
          show(currentTarget.value);
        }}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onClick={() => open.value || show('')}
        onBlur={() => (open.value = false)}
        onKeyDown={onKeyDown}
      />
      {isNew && (
        <span id={`${id}-new`} class="badge uncertain">
          new
        </span>
      )}
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={`${label}: choices`}
        class="family-choices"
        hidden={choices.length === 0}
        // The field keeps the focus: a choice would otherwise be gone before the click.
        onMouseDown={(event) => event.preventDefault()}
      >
        {choices.map((choice, index) => (
          <div
            key={'isNew' in choice ? 'new' : `${choice.label} ${choice.family}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => pick(choice)}
          >
            <ChoiceText choice={choice} />
          </div>
        ))}
      </div>
    </div>
  );
}

function ChoiceText({ choice }: { readonly choice: FamilyChoice }) {
  return (
    <>
      <DataText text={choice.family} max={48} />
      {'isNew' in choice ? (
        <span class="badge uncertain">new family</span>
      ) : (
        <span class="family-choice-size">
          {choice.label !== undefined && <LabelBadge label={choice.label} short />} {formatCount(choice.instances)}
        </span>
      )}
    </>
  );
}
