export interface ShapeLineProps {
  /** Height of each bin as a digit of base 36, by group. */
  readonly shapes: readonly { readonly name: string; readonly bins: string }[];
}

const width = 84;
const height = 20;

/** Histograms of a feature, very small: malicious upwards, benign (or all) downwards where both are there. */
export function ShapeLine({ shapes }: ShapeLineProps) {
  const drawn = shapes.filter(({ bins }) => bins.length > 0);
  if (drawn.length === 0) return null;
  const malicious = drawn.find(({ name }) => name === 'malicious');
  const benign = drawn.find(({ name }) => name === 'benign');
  const up = malicious ?? drawn[0];
  const down = malicious === undefined ? undefined : benign;
  const middle = down === undefined ? height : height / 2;
  return (
    <svg class="shape-line" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <Bars bins={up.bins} base={middle} reach={-middle} name={up.name} />
      {down !== undefined && <Bars bins={down.bins} base={middle} reach={height - middle} name={down.name} />}
      <line x1="0" x2={width} y1={middle} y2={middle} class="shape-base" />
    </svg>
  );
}

interface BarsProps {
  readonly bins: string;
  readonly base: number;
  /** Pixels of the highest bin, negative upwards. */
  readonly reach: number;
  readonly name: string;
}

function Bars({ bins, base, reach, name }: BarsProps) {
  const step = width / bins.length;
  const path = [...bins]
    .map((digit, bin) => {
      const size = (Number.parseInt(digit, 36) / 35) * reach;
      return size === 0
        ? ''
        : `M${(bin * step).toFixed(1)} ${base}h${Math.max(1, step - 0.4).toFixed(1)}v${size.toFixed(1)}h-${Math.max(1, step - 0.4).toFixed(1)}z`;
    })
    .join('');
  return <path d={path} class={`shape-bars ${name === 'malicious' || name === 'benign' ? name : 'all'}`} />;
}
