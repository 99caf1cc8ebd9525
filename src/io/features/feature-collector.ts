import { UserError } from '../../errors.js';
import {
  denseMatrix,
  type DenseMatrix,
  type FeatureMatrix,
  sharedFloat64,
  sharedUint32,
} from '../../ml/matrix/feature-matrix.js';
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

/**
 * Gathers the rows of one or more feature files into one matrix: in place where it is dense, else in compressed rows
 * that are joined at the end. Which one a first sample decides; a sparse beginning turns dense as soon as that is
 * certain, so at no time are there two full copies, and the outcome depends on the content alone (`isSparse`).
 */
export class FeatureCollector {
  readonly parts: readonly FeaturePart[];
  private joint: DenseMatrix | undefined;

  /** `widths` holds undefined for a file whose width is known at the end only: then gathering is sparse. */
  constructor(
    private readonly rows: number,
    widths: readonly (number | undefined)[],
    dense: boolean,
  ) {
    this.widthsKnown = widths.every((width) => width !== undefined);
    this.parts = widths.map((width) => ({ width: width ?? 0, sparse: new SparseRows(rows) }));
    if (dense && this.widthsKnown) this.becomeDense();
  }

  private readonly widthsKnown: boolean;

  private get columns(): number {
    return this.parts.reduce((sum, part) => sum + part.width, 0);
  }

  /** To be called now and then while rows are added. */
  review(): void {
    if (this.joint || !this.widthsKnown) return;
    const { entries, missing } = this.gathered();
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
    let filled = 0;
    for (let i = 0; i < rows; i++) {
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
    return { kind: 'sparse', rows, columns, rowStart, columnIndex, values };
  }
}

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
