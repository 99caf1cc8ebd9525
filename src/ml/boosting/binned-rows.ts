import type { FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import { codesInBlocks } from './binning-kernel.js';
import { codeOf, type FeatureBins } from './feature-bins.js';

/** Rows in codes, laid out for histograms: feature j has the slots slotStart[j] … slotStart[j + 1] - 1, a slot a code. */
export interface BinnedRows {
  readonly rows: number;
  readonly columns: number;
  /** Length d + 1. The last slot of a feature with missing values is theirs. */
  readonly slotStart: Uint32Array;
  readonly cells: DenseCodes | SparseEntries;
}

/** n×d codes in blocks of four columns, see codesInBlocks. */
export interface DenseCodes {
  readonly kind: 'dense';
  readonly codes: Uint8Array;
}

/** The cells of each row outside their feature's common code. */
export interface SparseEntries {
  readonly kind: 'sparse';
  /** Length n + 1. */
  readonly rowStart: Uint32Array;
  /** Slot of each entry. */
  readonly slots: Uint32Array;
  /** Code of the cells without an entry, by feature: that of 0. */
  readonly commonCode: Uint8Array;
  /** The same entries by feature: length d + 1, and row and code of each. */
  readonly columnStart: Uint32Array;
  readonly columnRows: Uint32Array;
  readonly columnCodes: Uint8Array;
}

/** Codes of X by the bins that were found in it. O(n·d·log bins). */
export function binRows(X: FeatureMatrix, { cuts, missing }: FeatureBins): BinnedRows {
  const slotStart = new Uint32Array(X.columns + 1);
  for (let j = 0; j < X.columns; j++) slotStart[j + 1] = slotStart[j] + cuts[j].length + 1 + missing[j];
  const { rows, columns } = X;
  const cells: BinnedRows['cells'] =
    X.kind === 'dense'
      ? { kind: 'dense', codes: codesInBlocks(X.values, rows, columns, cuts) }
      : sparseEntries(X, cuts, slotStart);
  return { rows, columns, slotStart, cells };
}

function sparseEntries(X: SparseMatrix, cuts: readonly Float64Array[], slotStart: Uint32Array): SparseEntries {
  const { rows, columns, columnIndex, values } = X;
  const commonCode = Uint8Array.from(cuts, (own) => codeOf(own, 0));
  const codes = new Uint8Array(values.length);
  for (let e = 0; e < codes.length; e++) codes[e] = codeOf(cuts[columnIndex[e]], values[e]);
  const rowStart = new Uint32Array(rows + 1);
  const columnStart = new Uint32Array(columns + 1);
  let entries = 0;
  for (let i = 0; i < rows; i++) {
    for (let e = X.rowStart[i]; e < X.rowStart[i + 1]; e++) {
      const j = columnIndex[e];
      if (codes[e] === commonCode[j]) continue;
      entries++;
      columnStart[j + 1]++;
    }
    rowStart[i + 1] = entries;
  }
  for (let j = 0; j < columns; j++) columnStart[j + 1] += columnStart[j];
  const next = columnStart.slice();
  const slots = new Uint32Array(entries);
  const columnRows = new Uint32Array(entries);
  const columnCodes = new Uint8Array(entries);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let e = X.rowStart[i]; e < X.rowStart[i + 1]; e++) {
      const j = columnIndex[e];
      if (codes[e] === commonCode[j]) continue;
      slots[k++] = slotStart[j] + codes[e];
      columnRows[next[j]] = i;
      columnCodes[next[j]++] = codes[e];
    }
  }
  return { kind: 'sparse', rowStart, slots, commonCode, columnStart, columnRows, columnCodes };
}
