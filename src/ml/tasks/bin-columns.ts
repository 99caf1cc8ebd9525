import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { binColumns } from '../trees/binning.js';
import { DistinctFinder } from '../trees/distinct-values.js';
import { type PackedColumns, packColumns } from '../trees/packed-columns.js';

export interface BinColumnsShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
}

/** Columns first … last - 1. */
export interface BinColumnsItem {
  readonly first: number;
  readonly last: number;
}

/** Puts some columns of a matrix into cells; the codes come back on shared buffers. */
export const binColumnsTask = defineTask({
  id: 'bin-columns',
  run(shared: BinColumnsShared, item: BinColumnsItem, context): PackedColumns {
    throwIfCancelled(context.signal);
    // Its tables are larger than a column.
    const finder = context.memo('finder', () => new DistinctFinder());
    return packColumns(binColumns(shared.X, item.first, item.last, undefined, finder));
  },
});
