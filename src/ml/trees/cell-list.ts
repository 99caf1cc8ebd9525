/**
 * The occupied cells of one feature in one node in ascending order, with the weight of each class in them: all that
 * the search for a split needs to see.
 */
export class CellList {
  count = 0;
  /** By how many bits the codes were shortened: 0 in an exact list. */
  shift = 0;
  /** Code of each occupied cell. */
  readonly code: Int32Array;
  /** Weights, `classCount` (of the node) a cell. */
  readonly weight: Float64Array;
  /** Rows in each cell; only filled where they are counted. */
  readonly rows: Int32Array;

  constructor(most: number, classCount: number) {
    this.code = new Int32Array(most);
    this.rows = new Int32Array(most);
    this.weight = new Float64Array(most * classCount);
  }

  /** Opens a cell of weight 0 behind the others; returns its place. */
  open(code: number, classCount: number): number {
    const cell = this.count++;
    this.code[cell] = code;
    this.rows[cell] = 0;
    for (let k = 0, at = cell * classCount; k < classCount; k++) this.weight[at + k] = 0;
    return cell;
  }

  /** All of cells first … last - 1 in one: weight by class, then the rows. */
  sum(first: number, last: number, classCount: number): Float64Array {
    const sums = new Float64Array(classCount + 1);
    for (let cell = first; cell < last; cell++) {
      for (let k = 0; k < classCount; k++) sums[k] += this.weight[cell * classCount + k];
      sums[classCount] += this.rows[cell];
    }
    return sums;
  }

  /** Puts the cell `sums` in front of the others. */
  prepend(code: number, sums: Float64Array, classCount: number): void {
    this.code.copyWithin(1, 0, this.count);
    this.rows.copyWithin(1, 0, this.count);
    this.weight.copyWithin(classCount, 0, this.count * classCount);
    this.count++;
    this.set(0, code, sums, classCount);
  }

  /** Puts the cell `sums` behind the others. */
  append(code: number, sums: Float64Array, classCount: number): void {
    this.set(this.count++, code, sums, classCount);
  }

  private set(cell: number, code: number, sums: Float64Array, classCount: number): void {
    this.code[cell] = code;
    this.rows[cell] = sums[classCount];
    for (let k = 0; k < classCount; k++) this.weight[cell * classCount + k] = sums[k];
  }
}
