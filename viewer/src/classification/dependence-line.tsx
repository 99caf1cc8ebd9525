export interface DependenceLineProps {
  readonly average: readonly number[];
  /** Of all lines beside each other. */
  readonly low: number;
  readonly high: number;
}

const width = 64;
const height = 20;

/** The course of a mean, very small; the numbers are a click away. */
export function DependenceLine({ average, low, high }: DependenceLineProps) {
  const step = average.length > 1 ? (width - 2) / (average.length - 1) : 0;
  const y = (value: number): number =>
    high === low ? height / 2 : height - 1 - ((value - low) / (high - low)) * (height - 2);
  const path = average.map((value, k) => `${k === 0 ? 'M' : 'L'}${(1 + k * step).toFixed(1)} ${y(value).toFixed(1)}`);
  return (
    <svg class="dependence-line" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={path.join('')} fill="none" stroke="var(--chart-strong)" stroke-width="1.5" />
    </svg>
  );
}
