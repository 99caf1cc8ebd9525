import { predictionRow } from '../../rows/prediction-row.js';
import { rowColumns } from '../../rows/row-columns.js';
import { RowIndex } from '../../rows/row-index.js';
import { rowNeighbours } from '../../rows/row-neighbours.js';
import { textsOf } from '../../rows/row-texts.js';
import { textRanks } from '../../rows/text-ranks.js';
import type { RowFilter, RowNeighbours, RowNeighboursQuery, RowQuery, RowsPage } from '../../schema/api/rows.js';
import type { PredictionTable } from '../../schema/prediction-table.js';

/** Predictions that were never stored, asked as stored ones are. */
export interface OutcomeRows {
  page(query: RowQuery): RowsPage;
  count(filter: RowFilter): number;
  neighbours(query: RowNeighboursQuery): RowNeighbours;
}

/** O(n log n), for the orders of the texts. */
export function outcomeRows(table: PredictionTable): OutcomeRows {
  const instanceId = textsOf(table.instanceId);
  const ident = textsOf(table.ident);
  const orders = { instanceIdOrder: textRanks(instanceId), identOrder: textRanks(ident) };
  const columns = rowColumns({ ...table, instanceId, ident, ...orders });
  const index = new RowIndex(columns);
  return {
    page: (query) => {
      const { total, rows } = index.page(query);
      return { total, rows: Array.from(rows, (row) => predictionRow(columns, row)) };
    },
    count: (filter) => index.count(filter),
    neighbours: (query) => rowNeighbours(index, query),
  };
}
