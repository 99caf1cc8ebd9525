import type { LabelColumn } from '../ml/matrix/dataset.js';
import type { CodedColumn } from '../schema/prediction-table.js';
import { labelWords } from '../schema/vocabulary.js';

/**
 * Labels and families of rows as the columns of a table of rows.
 * @param rows rows of the dataset
 */
export function codedLabels(
  labels: LabelColumn | undefined,
  rows: Uint32Array,
): { readonly label: CodedColumn; readonly family: CodedColumn } {
  const [malicious, benign] = [0, 1];
  return {
    label: {
      names: labelWords,
      codes: Int32Array.from(rows, (row) => {
        const label = labels?.label[row] ?? -1;
        return label === 1 ? malicious : label === 0 ? benign : -1;
      }),
    },
    family: { names: labels?.families ?? [], codes: Int32Array.from(rows, (row) => labels?.family[row] ?? -1) },
  };
}
