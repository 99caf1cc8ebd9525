import { useId, useRef } from 'preact/hooks';
import { nearestIndex } from './nearest-index.js';

export interface SliderMark {
  readonly value: number;
  /** Short: stands under the track and on a button. */
  readonly title: string;
  /** Why one would choose it. */
  readonly hint?: string;
}

export interface SliderProps {
  readonly label: string;
  /** The positions, ascending; the slider stands on one of them. */
  readonly values: readonly number[];
  readonly value: number;
  /** Called on every movement, at most once a frame. */
  readonly onChange: (value: number) => void;
  /** The value as text, in the field and to screen readers. */
  readonly format?: (value: number) => string;
  /** Presets: each a tick on the track and a button below it. */
  readonly marks?: readonly SliderMark[];
}

/**
 * A slider over given positions, with a field to type into and buttons for presets. Arrows move by one position, Page
 * Up and Down by a twentieth, Home and End to the ends. A typed number goes to the nearest position.
 */
export function Slider({ label, values, value, onChange, format = String, marks = [] }: SliderProps) {
  const id = useId();
  const frame = useRef(0);
  const position = nearestIndex(values, value);
  /** Where it moves at the next frame: a key pressed before that goes on from there. */
  const coming = useRef<number | null>(null);
  const last = Math.max(1, values.length - 1);
  const share = (at: number): number => nearestIndex(values, at) / last;
  const say = (index: number): void => {
    cancelAnimationFrame(frame.current);
    coming.current = index;
    frame.current = requestAnimationFrame(() => {
      coming.current = null;
      onChange(values[index]);
    });
  };
  const step = (event: KeyboardEvent): void => {
    const twentieth = Math.max(1, Math.round(last / 20));
    const by = { PageUp: twentieth, PageDown: -twentieth }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    say(Math.min(last, Math.max(0, (coming.current ?? position) + by)));
  };
  return (
    <div class="slider">
      <label class="slider-label" for={id}>
        {label}
      </label>
      <div class="slider-track" style={{ '--share': String(position / last) }}>
        <input
          id={id}
          type="range"
          min={0}
          max={values.length - 1}
          step={1}
          value={position}
          aria-valuetext={format(values[position])}
          onInput={({ currentTarget }) => say(Number(currentTarget.value))}
          onKeyDown={step}
        />
        {marks.map((mark) => (
          <span key={mark.title} class="slider-tick" aria-hidden="true" style={{ '--at': String(share(mark.value)) }} />
        ))}
      </div>
      <input
        class="slider-field"
        type="text"
        inputMode="decimal"
        aria-label={`${label}, typed`}
        value={format(values[position])}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onChange={({ currentTarget }) => {
          const typed = Number(currentTarget.value.replace(',', '.'));
          if (currentTarget.value.trim() !== '' && Number.isFinite(typed))
            onChange(values[nearestIndex(values, typed)]);
          else currentTarget.value = format(values[position]);
        }}
      />
      {marks.length > 0 && (
        <div class="slider-marks" role="group" aria-label={`${label}, presets`}>
          {marks.map((mark) => (
            <button
              key={mark.title}
              type="button"
              class="small"
              title={mark.hint}
              aria-pressed={nearestIndex(values, mark.value) === position}
              onClick={() => onChange(mark.value)}
            >
              {mark.title}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
