import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { HistoryLine } from '../charts/history-drawing.js';
import { formatCount, formatPercent, formatSeconds } from '../text/numbers.js';

/** An iteration of a labelling loop; how long it took is known of a loop that is served. */
export type Iteration = PanelData<'history'>['iterations'][number] & {
  readonly seconds?: readonly { readonly stage: string; readonly seconds: number }[];
};

/** One figure over the labels, where the iterations have it. */
function lineOf(
  iterations: readonly Iteration[],
  look: Pick<HistoryLine, 'name' | 'colour' | 'dashed'>,
  valueOf: (of: Iteration) => number | null,
  format: (value: number) => string,
): HistoryLine {
  const points = iterations.flatMap((of) => {
    const value = valueOf(of);
    if (value === null) return [];
    const { labels, iteration } = of;
    return [
      { labels, value, text: `${look.name} ${format(value)}\n${formatCount(labels)} labels, iteration ${iteration}` },
    ];
  });
  return { ...look, points };
}

const withPoints = (lines: readonly HistoryLine[]): HistoryLine[] => lines.filter(({ points }) => points.length > 0);

/** How often the suggestions of the iteration before were right: labels, and families. */
export function suggestionLines(iterations: readonly Iteration[]): HistoryLine[] {
  const share = (name: string, figure: string, colour: string, dashed: boolean): HistoryLine =>
    lineOf(iterations, { name, colour, dashed }, ({ figures }) => figures[figure] ?? null, formatPercent);
  return withPoints([
    share('labels right', 'suggestions.labelAccuracy', 'var(--all)', false),
    share('families right', 'suggestions.familyAccuracy', 'var(--uncertain)', true),
  ]);
}

/** Stages before the queries are out: what people wait for. */
const waitedFor: readonly string[] = ['computing', 'training', 'choosing queries'];

/** Seconds that iterations took: altogether, and until their queries were out. */
export function timeLines(iterations: readonly Iteration[]): HistoryLine[] {
  const line = (name: string, colour: string, dashed: boolean, counts: (stage: string) => boolean): HistoryLine => {
    const sum = ({ seconds }: Iteration): number | null =>
      seconds?.reduce((all, part) => all + (counts(part.stage) ? part.seconds : 0), 0) ?? null;
    return lineOf(iterations, { name, colour, dashed }, sum, formatSeconds);
  };
  return withPoints([
    line('until its queries are out', 'var(--all)', false, (stage) => waitedFor.includes(stage)),
    line('with judging the model', 'var(--muted)', true, () => true),
  ]);
}
