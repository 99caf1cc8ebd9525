import type { ComponentChildren } from 'preact';
import { formatPercent, formatShare } from '../text/numbers.js';

export type Meaning = 'malicious' | 'benign' | 'all' | 'uncertain' | 'plain';

export interface FigureProps {
  readonly name: ComponentChildren;
  /** Already formatted; formatPercent, formatShare, formatCount in text/numbers. */
  readonly value: ComponentChildren;
  readonly unit?: string;
  /** 95 % interval, formatted like the value: see `interval`. */
  readonly interval?: string | null;
  /** What it says in plain words, shown small below. */
  readonly note?: ComponentChildren;
  readonly meaning?: Meaning;
  /** The figure of a page that is looked at first. */
  readonly large?: boolean;
}

/** One number with its name, unit, interval and note. */
export function Figure({ name, value, unit, interval: range, note, meaning = 'plain', large = false }: FigureProps) {
  return (
    <div class={`figure ${meaning} ${large ? 'large' : ''}`}>
      <dt>{name}</dt>
      <dd>
        <span class="figure-value">
          {value}
          {unit !== undefined && <span class="figure-unit"> {unit}</span>}
        </span>
        {range !== undefined && range !== null && (
          <span class="figure-interval" title="95 % interval">
            {range}
          </span>
        )}
        {note !== undefined && <span class="figure-note">{note}</span>}
      </dd>
    </div>
  );
}

/** Figures in a row that wraps. */
export function Figures({ children, label }: { readonly children: ComponentChildren; readonly label?: string }) {
  return (
    <dl class="figures" aria-label={label}>
      {children}
    </dl>
  );
}

/** `[86.0 %, 94.1 %]`, or null where an end is unknown. */
export function interval(
  low: number | null,
  high: number | null,
  format: 'percent' | 'share' | ((value: number) => string) = 'percent',
): string | null {
  if (low === null || high === null) return null;
  const write = { percent: formatPercent, share: formatShare };
  const one = typeof format === 'function' ? format : write[format];
  return `[${one(low)}, ${one(high)}]`;
}
