import { counted } from '../../errors.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';
import { logSpace } from './log-space.js';
import type { LabellingState, Query } from './strategy.js';
import { type Cell, VarianceCells } from './variance-cells.js';

const known = new WeakMap<FeatureMatrix, VarianceCells>();

/**
 * `count` typical candidates of what has not been looked at yet, after TypiClust (Hacohen, Dekel and Weinshall, ICML 2022):
 * the data are divided into as many clusters as there are answers and queries together, and of the largest clusters
 * without an answer the most typical instance is asked. Departures: clusters are those of VarianceCells on the scale of
 * `logSpace` (k-means would take seconds for each batch, and start anew), and typical is what lies nearest to its
 * cluster's mean. Where all clusters have answers, those with the fewest come first. O(stored cells of X), and the cutting.
 */
export function typicalQueries(state: LabellingState, count: number): Query[] {
  const wanted = Math.min(count, state.candidates.length);
  const answered = state.label.reduce((sum, label) => sum + Number(label !== -1), 0);
  const space = logSpace(state.X);
  const cells = known.get(state.X) ?? new VarianceCells(space);
  known.set(state.X, cells);
  return typicalRows(space, cells.first(answered + wanted), state, wanted).map(({ row, size }) => ({
    row,
    reason: `typical of ${counted(size, 'instance')} that nobody looked at`,
    value: size,
    suggestion: null,
  }));
}

function typicalRows(
  space: FeatureMatrix,
  cells: readonly Cell[],
  { candidates, label, ids }: LabellingState,
  wanted: number,
): { row: number; size: number }[] {
  const entries = new RowEntries(space);
  const mayBeAsked = new Uint8Array(space.rows);
  for (const row of candidates) mayBeAsked[row] = 1;
  const found = cells.flatMap(({ rows, mean }) => {
    const open = rows.filter((row) => mayBeAsked[row] === 1);
    if (open.length === 0) return [];
    const answers = rows.reduce((count, row) => count + Number(label[row] !== -1), 0);
    const square = mean.reduce((sum, m) => sum + m * m, 0);
    const members = Array.from(open, (row) => ({ row, away: distanceFrom(entries, row, mean, square) }));
    members.sort((a, b) => a.away - b.away || (ids[a.row] < ids[b.row] ? -1 : 1));
    return [{ members, answers, size: rows.length }];
  });
  found.sort(
    (a, b) => a.answers - b.answers || b.size - a.size || (ids[a.members[0].row] < ids[b.members[0].row] ? -1 : 1),
  );
  const taken: { row: number; size: number }[] = [];
  // Fewer clusters than queries: a second from each.
  for (let round = 0; taken.length < wanted; round++) {
    for (const { members, size } of found) {
      if (round < members.length && taken.length < wanted) taken.push({ row: members[round].row, size });
    }
  }
  return taken;
}

/** Squared distance of a row from a mean whose own square is known: only the row's cells are looked at. */
function distanceFrom(entries: RowEntries, row: number, mean: Float64Array, square: number): number {
  entries.read(row);
  let sum = square;
  for (let e = 0; e < entries.count; e++) {
    const value = entries.values[e];
    sum += value * value - 2 * value * mean[entries.columns[e]];
  }
  return sum;
}
