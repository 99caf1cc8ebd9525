import type { ComparisonPair } from '../../../src/schema/comparison.js';
import { figureKind } from '../text/headline-names.js';
import { undefinedFigure } from '../text/numbers.js';

export type FigureDifference = ComparisonPair['figures'][number];

/** What the interval of a difference says. */
export type Finding = 'better' | 'worse' | 'unclear' | 'undefined';

/** Better or worse only where the whole interval is on one side of no difference. */
export function findingOf({ name, difference, low, high }: FigureDifference): Finding {
  if (difference === null || low === null || high === null) return 'undefined';
  if (low <= 0 && high >= 0) return 'unclear';
  return difference > 0 === (figureKind(name).better === 'more') ? 'better' : 'worse';
}

const findings: Record<Finding, { word: string; shape: string; meaning: string }> = {
  better: { word: 'better', shape: '▲', meaning: 'benign' },
  worse: { word: 'worse', shape: '▼', meaning: 'malicious' },
  unclear: { word: 'not clear', shape: '≈', meaning: 'plain' },
  undefined: { word: 'undefined', shape: '', meaning: 'plain' },
};

/** A difference with its interval, as numbers, as a mark on a line around zero, and in a word. */
export function Difference({ figure, reach }: { readonly figure: FigureDifference; readonly reach: number }) {
  const { difference, low, high } = figure;
  if (difference === null) return <>{undefinedFigure}</>;
  const { word, shape, meaning } = findings[findingOf(figure)];
  return (
    <span class="difference">
      <span class="difference-number">{signed(difference)}</span>
      <span class="figure-interval">{low === null || high === null ? '' : `[${signed(low)}, ${signed(high)}]`}</span>
      {low !== null && high !== null && reach > 0 && (
        <span
          class={`difference-line ${meaning}`}
          aria-hidden="true"
          style={{
            '--low': String(place(low, reach)),
            '--high': String(place(high, reach)),
            '--at': String(place(difference, reach)),
          }}
        />
      )}
      <span class={`badge ${meaning}`}>
        <span aria-hidden="true">{shape}</span> {word}
      </span>
    </span>
  );
}

/** Share of the line's width: no difference in the middle. */
const place = (value: number, reach: number): number => 0.5 + value / reach / 2;

/** In points of a hundred, so that rates and areas read alike: `+1.3`. */
function signed(value: number): string {
  const points = value * 100;
  const text = Math.abs(points) < 0.005 ? '0' : points.toFixed(Math.abs(points) < 1 ? 2 : 1);
  return points > 0 && text !== '0' ? `+${text}` : text.replace('-', '−');
}

/** How far the intervals of a figure reach from zero, over all experiments compared. */
export const reachOf = (figures: readonly FigureDifference[]): number =>
  figures.reduce((most, { low, high }) => Math.max(most, Math.abs(low ?? 0), Math.abs(high ?? 0)), 0);
