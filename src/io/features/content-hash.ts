import { createHash, type Hash } from 'node:crypto';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';

const batch = 8192;

/**
 * SHA-256 (hexadecimal) of the shape and the non-zero cells of X: the same for a matrix dense and sparse, on every
 * machine. Missing cells count as non-zero, -0 as 0. O(n·d) or O(entries).
 */
export function hashMatrix(X: FeatureMatrix): string {
  const hash = createHash('sha256').update(`${X.rows}×${X.columns}\n`);
  const cells = new CellHasher(hash);
  if (X.kind === 'sparse') {
    for (let i = 0; i < X.rows; i++) {
      const end = X.rowStart[i + 1];
      cells.beginRow(end - X.rowStart[i], X.columns);
      for (let k = X.rowStart[i]; k < end; k++) cells.add(X.columnIndex[k], X.values[k]);
    }
  } else {
    const { values, columns } = X;
    for (let i = 0; i < X.rows; i++) {
      const from = i * columns;
      let count = 0;
      for (let j = 0; j < columns; j++) if (values[from + j] !== 0) count++;
      cells.beginRow(count, columns);
      for (let j = 0; j < columns; j++) if (values[from + j] !== 0) cells.add(j, values[from + j]);
    }
  }
  cells.flush();
  return hash.digest('hex');
}

/**
 * Hashes rows of non-zero cells: their number and their columns (left out where the row has no zero) in one array, the
 * values in another, both in batches whose ends depend on the cells alone.
 */
class CellHasher {
  private readonly integers = new Uint32Array(batch);
  private readonly values = new Float64Array(batch);
  private integerCount = 0;
  private valueCount = 0;
  private withColumns = true;

  constructor(private readonly hash: Hash) {}

  beginRow(count: number, columns: number): void {
    this.withColumns = count < columns;
    this.addInteger(count);
  }

  add(column: number, value: number): void {
    if (this.withColumns) this.addInteger(column);
    // There are many NaN; one stands for all.
    this.values[this.valueCount++] = value === value ? value : Number.NaN;
    if (this.valueCount === batch) this.flush();
  }

  flush(): void {
    this.hash.update(this.integers.subarray(0, this.integerCount));
    this.hash.update(this.values.subarray(0, this.valueCount));
    this.integerCount = 0;
    this.valueCount = 0;
  }

  private addInteger(value: number): void {
    this.integers[this.integerCount++] = value;
    if (this.integerCount === batch) this.flush();
  }
}

/** Adds texts to a hash so that no two lists give the same bytes. */
export function updateWithTexts(hash: Hash, texts: readonly string[]): void {
  hash.update(`${texts.length}\n`);
  // In pieces: a string has a greatest length.
  for (let from = 0; from < texts.length; from += 10_000) hash.update(JSON.stringify(texts.slice(from, from + 10_000)));
}
