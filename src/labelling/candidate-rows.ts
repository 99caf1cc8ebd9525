import type { LoopState } from '../experiments/labelling/loop-state.js';
import type { GivenLabel } from '../schema/labelling.js';
import type { AlikeRows } from './alike-rows.js';

/**
 * Rows that an iteration may ask, ascending: without a label, never asked in an iteration before it, none alike that has
 * or was, and of rows that are alike one.
 */
export function candidateRows(
  alike: AlikeRows,
  { queries }: LoopState,
  iteration: number,
  labels: ReadonlyMap<string, GivenLabel>,
): Uint32Array {
  const settled = new Uint8Array(alike.groupCount);
  const settle = (instanceId: string): void => {
    const row = alike.row(instanceId);
    if (row !== undefined) settled[alike.group(row)] = 1;
  };
  for (const id of labels.keys()) settle(id);
  for (const query of queries) if (query.iteration < iteration) settle(query.instanceId);
  const rows = new Uint32Array(alike.rowCount);
  let count = 0;
  for (let row = 0; row < alike.rowCount; row++) {
    const group = alike.group(row);
    if (settled[group] === 1) continue;
    settled[group] = 1;
    rows[count++] = row;
  }
  return rows.slice(0, count);
}
