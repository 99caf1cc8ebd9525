export interface IntervalBarProps {
  /** In [0, 1]; null draws nothing. */
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly meaning: 'malicious' | 'benign' | 'all' | 'uncertain';
}

/** A share as a bar with its interval as a whisker. The number stands beside it: it says nothing by itself. */
export function IntervalBar({ value, low = null, high = null, meaning }: IntervalBarProps) {
  return (
    <span class={`interval-bar ${meaning}`} aria-hidden="true">
      {value !== null && <span class="interval-fill" style={{ width: `${value * 100}%` }} />}
      {low !== null && high !== null && (
        <span class="interval-whisker" style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
      )}
    </span>
  );
}

export interface SignedBarProps {
  readonly value: number;
  readonly largest: number;
  /** Of a positive number, and of a negative one. */
  readonly meanings: readonly [string, string];
}

/** A signed number as a bar from the middle, by its share of the largest size. */
export function SignedBar({ value, largest, meanings }: SignedBarProps) {
  const width = largest === 0 ? 0 : (Math.abs(value) / largest) * 50;
  return (
    <span class={`signed-bar ${value > 0 ? meanings[0] : meanings[1]}`} aria-hidden="true">
      <span class="interval-fill" style={{ width: `${width}%`, left: `${value > 0 ? 50 : 50 - width}%` }} />
    </span>
  );
}
