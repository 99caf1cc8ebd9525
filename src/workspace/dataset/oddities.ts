import { createHash } from 'node:crypto';
import type { Dataset } from '../../ml/matrix/dataset.js';
import { type FeatureMatrix, selectRows, toDense } from '../../ml/matrix/feature-matrix.js';

/** What is no fault of the files, but what an analyst should know before believing a model. */
export interface Oddities {
  /** Features with one value in all rows, missing cells apart. */
  readonly constantFeatures: readonly string[];
  /** Rows whose features equal those of an earlier row. */
  readonly repeatedRows: number;
  /** Of these, those whose label differs from that of the first such row. */
  readonly contradictoryRows: number;
}

/** Looks for constant features and repeated rows. O(n·d). */
export function findOddities({ X, featureNames, labels }: Dataset): Oddities {
  const first = new Map<string, number>();
  let repeatedRows = 0;
  let contradictoryRows = 0;
  for (let i = 0; i < X.rows; i++) {
    const key = rowKey(X, i);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, i);
      continue;
    }
    repeatedRows++;
    const [a, b] = [labels?.label[i] ?? -1, labels?.label[earlier] ?? -1];
    if (a !== -1 && b !== -1 && a !== b) contradictoryRows++;
  }
  const constant = constantColumns(X);
  return { constantFeatures: featureNames.filter((_, j) => constant[j] === 1), repeatedRows, contradictoryRows };
}

/** A digest of row i: equal rows have equal ones. */
function rowKey(X: FeatureMatrix, i: number): string {
  const hash = createHash('sha1');
  const add = (values: Float64Array | Uint32Array): void => {
    // A view on a shared buffer cannot be hashed: its bytes are copied.
    hash.update(new Uint8Array(values.slice().buffer));
  };
  if (X.kind === 'dense') add(X.values.subarray(i * X.columns, (i + 1) * X.columns));
  else {
    add(X.columnIndex.subarray(X.rowStart[i], X.rowStart[i + 1]));
    add(X.values.subarray(X.rowStart[i], X.rowStart[i + 1]));
  }
  return hash.digest('base64');
}

/** Length d: 1 where all cells that are not missing are equal. */
function constantColumns(X: FeatureMatrix): Uint8Array {
  const constant = new Uint8Array(X.columns).fill(1);
  if (X.rows === 0) return constant;
  const reference = toDense(selectRows(X, Uint32Array.of(0))).values;
  if (X.kind === 'dense') {
    for (let i = 0, at = 0; i < X.rows; i++) {
      for (let j = 0; j < X.columns; j++, at++) {
        const value = X.values[at];
        if (Number.isNaN(reference[j])) reference[j] = value;
        else if (value !== reference[j] && !Number.isNaN(value)) constant[j] = 0;
      }
    }
    return constant;
  }
  const entries = new Uint32Array(X.columns);
  for (let k = 0; k < X.values.length; k++) {
    entries[X.columnIndex[k]]++;
    if (X.values[k] !== reference[X.columnIndex[k]]) constant[X.columnIndex[k]] = 0;
  }
  // A column with some entries and some zeros varies, too.
  for (let j = 0; j < X.columns; j++) if (entries[j] > 0 && entries[j] < X.rows) constant[j] = 0;
  return constant;
}
