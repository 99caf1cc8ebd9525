import type { PredictionTable } from '../../schema/prediction-table.js';
import { drawnComponents } from '../../schema/vocabulary.js';
import { type Cell, doubleCell, identCell, textCell } from '../cell.js';
import { insertRows } from '../insert-rows.js';
import type { Store } from '../store.js';

/** Stores the rows of a projection whose indices are given, all where absent, in the first ten components. */
export async function insertCoordinates(
  store: Store,
  experimentId: string,
  table: PredictionTable,
  coordinates: readonly Float64Array[],
  selection?: Uint32Array,
): Promise<void> {
  await insertRows(store, 'coordinates', coordinateRows(experimentId, table, coordinates, selection));
}

function* coordinateRows(
  experimentId: string,
  table: PredictionTable,
  coordinates: readonly Float64Array[],
  selection: Uint32Array | undefined,
): Generator<readonly Cell[]> {
  const label = table.label.names.map(textCell);
  const family = table.family.names.map(textCell);
  const columns = Array.from({ length: drawnComponents }, (_, c) => coordinates.at(c));
  const n = selection?.length ?? table.rows;
  for (let k = 0; k < n; k++) {
    const i = selection ? selection[k] : k;
    yield [
      experimentId,
      i,
      textCell(table.instanceId[i]),
      identCell(table.ident[i]),
      label[table.label.codes[i]] ?? null,
      family[table.family.codes[i]] ?? null,
      ...columns.map((values) => (values === undefined ? null : doubleCell(values[i]))),
    ];
  }
}
