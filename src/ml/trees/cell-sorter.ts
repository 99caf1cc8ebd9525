import type { CellList } from './cell-list.js';
import type { NodeRows } from './node-rows.js';

/** Code and position of a row share 31 bits … */
export const positionBits = 15;

/** … so more rows cannot be sorted. */
export const mostSortedRows = 2 ** positionBits;

export const positionMask = mostSortedRows - 1;

/** So few rows are not worth a distribution into buckets. */
const insertionRows = 12;

/** Lists cells by sorting a node's rows by their codes. */
export class CellSorter {
  /** Sorted: the code less the lowest in the upper bits, the row's position in the lower `positionBits`. */
  readonly keys: Int32Array;
  private readonly bucket: Int32Array;

  constructor(rows: number) {
    this.keys = new Int32Array(Math.min(rows, mostSortedRows));
    this.bucket = new Int32Array(mostSortedRows + 1);
  }

  /** Fills `cells` from codes[0 … node.count - 1], which lie in lowest … lowest + range - 1. About O(rows). */
  collect(codes: Uint16Array, lowest: number, range: number, node: NodeRows, cells: CellList): void {
    this.sort(codes, lowest, range, node.count);
    this.list(lowest, node, cells);
  }

  /** Sorts codes[0 … count - 1], which lie in lowest … lowest + range - 1, into `keys`. About O(count). */
  sort(codes: Uint16Array, lowest: number, range: number, count: number): void {
    const { keys } = this;
    if (count <= insertionRows) for (let i = 0; i < count; i++) keys[i] = ((codes[i] - lowest) << positionBits) | i;
    else this.distribute(codes, lowest, range, count);
    sortByInsertion(keys, count);
  }

  /** Puts the keys into about as many buckets as there are rows, so that few are out of order afterwards. */
  private distribute(codes: Uint16Array, lowest: number, range: number, count: number): void {
    const { keys, bucket } = this;
    const shift = Math.max(0, 32 - Math.clz32(range - 1) - (31 - Math.clz32(count)));
    const buckets = ((range - 1) >>> shift) + 1;
    bucket.fill(0, 0, buckets + 1);
    for (let i = 0; i < count; i++) bucket[((codes[i] - lowest) >>> shift) + 1]++;
    for (let b = 1; b < buckets; b++) bucket[b] += bucket[b - 1];
    for (let i = 0; i < count; i++) {
      const code = codes[i] - lowest;
      keys[bucket[code >>> shift]++] = (code << positionBits) | i;
    }
  }

  private list(lowest: number, node: NodeRows, cells: CellList): void {
    const { keys } = this;
    const { count, classes, weights, classCount } = node;
    const { weight, rows } = cells;
    cells.count = 0;
    cells.shift = 0;
    let cell = -1;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const code = keys[i] >>> 15;
      const position = keys[i] & positionMask;
      if (code !== last) {
        last = code;
        cell = cells.open(code + lowest, classCount);
      }
      rows[cell]++;
      weight[cell * classCount + classes[position]] += weights[position];
    }
  }
}

function sortByInsertion(keys: Int32Array, count: number): void {
  for (let i = 1; i < count; i++) {
    const key = keys[i];
    let at = i;
    while (at > 0 && keys[at - 1] > key) {
      keys[at] = keys[at - 1];
      at--;
    }
    keys[at] = key;
  }
}
