import { createHash, type Hash } from 'node:crypto';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';

const batch = 8192;

/**
 * SHA-256 (hexadecimal) of the shape and the non-zero cells of X: the same for a matrix dense and sparse, on every
 * machine. Missing cells count as non-zero, -0 as 0. O(n·d) or O(entries).
 */
export function hashMatrix(X: FeatureMatrix): string {
  const hash = createHash('sha256').update(`${X.rows}×${X.columns}\n`);
  const entries = new EntryHasher(hash);
  if (X.kind === 'sparse') {
    for (let i = 0; i < X.rows; i++) {
      for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) entries.add(i, X.columnIndex[k], X.values[k]);
    }
  } else {
    const { values, columns } = X;
    for (let i = 0, at = 0; i < X.rows; i++) {
      for (let j = 0; j < columns; j++, at++) if (values[at] !== 0) entries.add(i, j, values[at]);
    }
  }
  entries.flush();
  return hash.digest('hex');
}

/** Hashes (row, column, value) in batches: arrays of rows, then of columns, then of values. */
class EntryHasher {
  private readonly rows = new Uint32Array(batch);
  private readonly columns = new Uint32Array(batch);
  private readonly values = new Float64Array(batch);
  private filled = 0;

  constructor(private readonly hash: Hash) {}

  add(row: number, column: number, value: number): void {
    const k = this.filled++;
    this.rows[k] = row;
    this.columns[k] = column;
    // There are many NaN; one stands for all.
    this.values[k] = value === value ? value : Number.NaN;
    if (this.filled === batch) this.flush();
  }

  flush(): void {
    this.hash.update(this.rows.subarray(0, this.filled));
    this.hash.update(this.columns.subarray(0, this.filled));
    this.hash.update(this.values.subarray(0, this.filled));
    this.filled = 0;
  }
}

/** Adds texts to a hash so that no two lists give the same bytes. */
export function updateWithTexts(hash: Hash, texts: readonly string[]): void {
  hash.update(`${texts.length}\n`);
  // In pieces: a string has a greatest length.
  for (let from = 0; from < texts.length; from += 10_000) hash.update(JSON.stringify(texts.slice(from, from + 10_000)));
}
