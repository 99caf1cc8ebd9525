import { UserError } from '../../errors.js';
import {
  denseMatrix,
  type DenseMatrix,
  type FeatureMatrix,
  sharedFloat64,
  sharedUint32,
} from '../../ml/matrix/feature-matrix.js';
import { checkMemory } from '../memory-check.js';
import { isSparse } from './representation.js';
import { SparseRows } from './sparse-rows.js';

/** Where the cells of one feature file go. */
export interface FeaturePart {
  /** Number of columns; of libsvm text without a description known at the end only. */
  width: number;
  /** Set while the part is dense: row i begins at `values[i * stride + offset]`. */
  dense?: { readonly values: Float64Array; readonly stride: number; readonly offset: number };
  readonly sparse: SparseRows;
}

/** What the header and the first rows of a file promise. */
export interface ExpectedColumns {
  /** Undefined where only the last line will tell (libsvm text): then gathering is sparse. */
  readonly width: number | undefined;
  /** Share of non-zero cells. */
  readonly density: number;
}

/** Entries for which room is made on a mere promise. */
const mostReserved = 1 << 24;

/**
 * Gathers the rows of one or more feature files into one matrix: in place where it is dense, else in compressed rows
 * that are joined at the end. Which one a first sample decides; a sparse beginning turns dense as soon as that is
 * certain, so at no time are there two full copies, and the outcome depends on the content alone (`isSparse`).
 */
export class FeatureCollector {
  readonly parts: readonly FeaturePart[];
  private joint: DenseMatrix | undefined;

  /**
   * For the columns of each file, as far as they are known. Throws UserError, here and later, where the matrix would take
   * more than `largestBytes`.
   */
  constructor(
    private readonly rows: number,
    files: readonly ExpectedColumns[],
    private readonly largestBytes = Number.POSITIVE_INFINITY,
  ) {
    this.widthsKnown = files.every(({ width }) => width !== undefined);
    const cells = files.reduce((sum, { width = 0 }) => sum + width, 0);
    const nonZeros = files.reduce((sum, { width = 0, density }) => sum + width * density, 0);
    const dense = this.widthsKnown && !isSparse(nonZeros, false, 1, cells);
    this.parts = files.map(({ width = 0, density }) => {
      // A little more than the sample promises: growing copies everything.
      const expected = dense ? 0 : Math.min(mostReserved, Math.ceil(rows * width * density * 1.2));
      return { width, sparse: new SparseRows(rows, expected) };
    });
    if (dense) this.becomeDense();
  }

  private readonly widthsKnown: boolean;

  private get columns(): number {
    return this.parts.reduce((sum, part) => sum + part.width, 0);
  }

  /** To be called now and then while rows are added. */
  review(): void {
    if (this.joint) return;
    const { entries, missing } = this.gathered();
    checkMemory('the features', entries * bytesPerEntry, this.largestBytes);
    if (!this.widthsKnown) return;
    if (!isSparse(entries, missing, this.rows, this.columns)) this.becomeDense();
  }

  /** The matrix, dense or sparse as it is at hand; see `byDensity` for what it should be. */
  finish(): FeatureMatrix {
    if (!this.joint) {
      const { entries, missing } = this.gathered();
      if (isSparse(entries, missing, this.rows, this.columns)) return this.joinSparse(entries);
      this.becomeDense();
    }
    return this.joint as DenseMatrix;
  }

  /** Joins the rows of all parts, in the order of the matrix. */
  private interleave(rowStart: Uint32Array, columnIndex: Uint32Array, values: Float64Array): void {
    let filled = 0;
    for (let i = 0; i < this.rows; i++) {
      let offset = 0;
      for (const { sparse, width } of this.parts) {
        const end = sparse.start[i] + sparse.count[i];
        for (let k = sparse.start[i]; k < end; k++) {
          columnIndex[filled] = offset + sparse.columns[k];
          values[filled++] = sparse.values[k];
        }
        offset += width;
      }
      rowStart[i + 1] = filled;
    }
  }

  private gathered(): { entries: number; missing: boolean } {
    let entries = 0;
    let missing = false;
    for (const { sparse } of this.parts) {
      entries += sparse.entries;
      missing ||= sparse.missing;
    }
    return { entries, missing };
  }

  private becomeDense(): void {
    const { rows, columns } = this;
    checkMemory('the features', rows * columns * 8, this.largestBytes);
    const joint = allocateDense(rows, columns);
    let offset = 0;
    for (const part of this.parts) {
      const { sparse } = part;
      for (let i = 0; i < rows; i++) {
        const base = i * columns + offset;
        const end = sparse.start[i] + sparse.count[i];
        for (let k = sparse.start[i]; k < end; k++) joint.values[base + sparse.columns[k]] = sparse.values[k];
      }
      sparse.clear();
      part.dense = { values: joint.values, stride: columns, offset };
      offset += part.width;
    }
    this.joint = joint;
  }

  private joinSparse(entries: number): FeatureMatrix {
    const { rows, columns } = this;
    const rowStart = sharedUint32(rows + 1);
    const columnIndex = sharedUint32(entries);
    const values = sharedFloat64(entries);
    const [only] = this.parts;
    if (this.parts.length === 1 && only.sparse.inOrder) {
      columnIndex.set(only.sparse.columns.subarray(0, entries));
      values.set(only.sparse.values.subarray(0, entries));
      for (let i = 0; i < rows; i++) rowStart[i + 1] = rowStart[i] + only.sparse.count[i];
    } else this.interleave(rowStart, columnIndex, values);
    return { kind: 'sparse', rows, columns, rowStart, columnIndex, values };
  }
}

/** Of a sparse matrix: a column and a value. */
const bytesPerEntry = 12;

/** A dense matrix of zeros; throws UserError where the machine cannot hold it. */
export function allocateDense(rows: number, columns: number): DenseMatrix {
  try {
    return denseMatrix(rows, columns);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const gigabytes = ((rows * columns * 8) / 2 ** 30).toFixed(1);
    throw new UserError(`${rows} × ${columns} features need ${gigabytes} GiB of memory, which cannot be had`, {
      hint: 'take fewer instances (--sample N) or fewer features (--filter-in FILE)',
      cause: error,
    });
  }
}
