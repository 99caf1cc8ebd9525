import type { PredictionTable } from '../../schema/prediction-table.js';
import { type Cell, doubleCell, identCell, textCell } from '../cell.js';
import { insertRows } from '../insert-rows.js';
import type { Store } from '../store.js';

/** Stores the rows of `table` whose indices are given, all where absent. */
export async function insertPredictions(
  store: Store,
  experimentId: string,
  table: PredictionTable,
  selection?: Uint32Array,
): Promise<void> {
  await insertRows(store, 'predictions', predictionRows(experimentId, table, selection));
}

function* predictionRows(
  experimentId: string,
  table: PredictionTable,
  selection: Uint32Array | undefined,
): Generator<readonly Cell[]> {
  const names = (column: { names: readonly string[] }): string[] => column.names.map(textCell);
  const part = names(table.part);
  const label = names(table.label);
  const family = names(table.family);
  const predicted = names(table.predicted);
  const n = selection?.length ?? table.rows;
  for (let k = 0; k < n; k++) {
    const i = selection ? selection[k] : k;
    yield [
      experimentId,
      i,
      part[table.part.codes[i]],
      table.fold[i] < 0 ? null : table.fold[i],
      textCell(table.instanceId[i]),
      identCell(table.ident[i]),
      label[table.label.codes[i]] ?? null,
      family[table.family.codes[i]] ?? null,
      doubleCell(table.probability[i]),
      doubleCell(table.score[i]),
      predicted[table.predicted.codes[i]] ?? null,
      table.rank[i],
    ];
  }
}
