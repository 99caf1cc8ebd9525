/** A node of up to this many rows is sorted, a larger one counted into cells. */
const sortedRows = 32;

/** What a node's rows are, position by position 0 … count - 1. */
export interface NodeRows {
  readonly count: number;
  /** Class of each row among the classes of the node, 0 … classCount - 1. */
  readonly classes: Uint16Array;
  readonly weights: Float64Array;
  /** Where the node's weights begin in `weights`. */
  readonly start: number;
  readonly classCount: number;
}

/**
 * The occupied cells of one feature in one node in ascending order, with the weight of each class in them: all that
 * the search for a split needs to see.
 */
export class CellList {
  count = 0;
  /** Code of each occupied cell. */
  readonly code: Int32Array;
  /** Weights, `classCount` a cell. */
  readonly weight: Float64Array;
  /** Rows in each cell. */
  readonly rows: Int32Array;
  /** All zero between calls; cell c, class k at (c - lowest) · classCount + k. */
  private readonly histogram: Float64Array;
  private readonly occupied: Int32Array;
  private readonly keys = new Int32Array(sortedRows);

  /** For nodes of up to `rows` rows in up to `cells` cells and `classCount` classes. */
  constructor(rows: number, cells: number, classCount: number) {
    const most = Math.min(rows, cells);
    this.code = new Int32Array(most);
    this.rows = new Int32Array(most);
    this.weight = new Float64Array(most * classCount);
    this.histogram = new Float64Array(cells * classCount);
    this.occupied = new Int32Array(cells);
  }

  /** Fills the list from codes[0 … node.count - 1], which lie in lowest … highest. */
  collect(codes: Uint16Array, lowest: number, highest: number, node: NodeRows): void {
    if (node.count <= sortedRows) this.collectSorted(codes, node);
    else this.collectCounted(codes, lowest, highest, node);
  }

  private collectSorted(codes: Uint16Array, node: NodeRows): void {
    const { keys, code, rows, weight } = this;
    const { count, classes, weights, start, classCount } = node;
    for (let i = 0; i < count; i++) {
      // Code and position in one number, so that a plain insertion sort carries both.
      const key = (codes[i] << 5) | i;
      let at = i;
      while (at > 0 && keys[at - 1] > key) {
        keys[at] = keys[at - 1];
        at--;
      }
      keys[at] = key;
    }
    let cells = -1;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const c = keys[i] >> 5;
      const position = keys[i] & 31;
      if (c !== last) {
        last = c;
        cells++;
        code[cells] = c;
        rows[cells] = 0;
        for (let k = 0, at = cells * classCount; k < classCount; k++) weight[at + k] = 0;
      }
      rows[cells]++;
      weight[cells * classCount + classes[position]] += weights[start + position];
    }
    this.count = cells + 1;
  }

  private collectCounted(codes: Uint16Array, lowest: number, highest: number, node: NodeRows): void {
    const { histogram, occupied } = this;
    const { count, classes, weights, start, classCount } = node;
    if (classCount === 2) {
      for (let i = 0; i < count; i++) {
        const c = codes[i] - lowest;
        occupied[c]++;
        histogram[(c << 1) | classes[i]] += weights[start + i];
      }
    } else {
      for (let i = 0; i < count; i++) {
        const c = codes[i] - lowest;
        occupied[c]++;
        histogram[c * classCount + classes[i]] += weights[start + i];
      }
    }
    this.compact(lowest, highest, classCount);
  }

  /** Moves the occupied cells out of the histogram and leaves it all zero. */
  private compact(lowest: number, highest: number, classCount: number): void {
    const { histogram, occupied, code, rows, weight } = this;
    let cells = 0;
    for (let c = 0, range = highest - lowest + 1; c < range; c++) {
      if (occupied[c] === 0) continue;
      code[cells] = c + lowest;
      rows[cells] = occupied[c];
      occupied[c] = 0;
      for (let k = 0, from = c * classCount, to = cells * classCount; k < classCount; k++) {
        weight[to + k] = histogram[from + k];
        histogram[from + k] = 0;
      }
      cells++;
    }
    this.count = cells;
  }
}
