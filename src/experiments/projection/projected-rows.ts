import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import type { PredictionTable } from '../../schema/prediction-table.js';
import { parts } from '../../schema/vocabulary.js';
import { codedLabels } from '../coded-labels.js';

/**
 * The coordinates of each instance as a table of rows, in the order of the dataset: nothing is predicted, `rank` counts
 * the rows.
 * @param coordinates n×k, row-major
 */
export function projectedRows(
  { ids, idents }: Dataset,
  labels: LabelColumn | undefined,
  coordinates: Float64Array,
  components: number,
): PredictionTable & Required<Pick<PredictionTable, 'coordinates'>> {
  const n = ids.length;
  const none = () => new Float64Array(n).fill(Number.NaN);
  return {
    rows: n,
    instanceId: ids,
    ident: idents,
    part: { names: [parts.projection], codes: new Int32Array(n) },
    fold: new Int32Array(n).fill(-1),
    ...codedLabels(
      labels,
      Uint32Array.from({ length: n }, (_, row) => row),
    ),
    probability: none(),
    score: none(),
    predicted: { names: [], codes: new Int32Array(n).fill(-1) },
    rank: Uint32Array.from({ length: n }, (_, row) => row + 1),
    coordinates: Array.from({ length: components }, (_, c) => {
      const column = new Float64Array(n);
      for (let i = 0; i < n; i++) column[i] = coordinates[i * components + c];
      return column;
    }),
  };
}
