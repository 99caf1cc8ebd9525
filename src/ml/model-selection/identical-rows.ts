import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/**
 * For each row of X the first row that is the same in every cell (missing cells alike), itself if there is none before
 * it. Rows are compared with the first row of their 53-bit hash; two different rows with one hash (by chance one pair in
 * 9·10^15) hide what repeats the second one. O(cells that are not 0).
 * @returns length n
 */
export function firstIdentical(X: FeatureMatrix): Uint32Array {
  const first = new Map<number, number>();
  const bits = new Uint32Array(X.values.buffer, X.values.byteOffset, X.values.length * 2);
  const found = new Uint32Array(X.rows);
  for (let row = 0; row < X.rows; row++) {
    const key = rowHash(X, bits, row);
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    found[row] = before !== undefined && isSame(X, before, row) ? before : row;
  }
  return found;
}

/** How many of the rows `test` are the same in every cell as one of the rows `train`. */
export function repeatedRows(identical: Uint32Array, train: Uint32Array, test: Uint32Array): number {
  const known = new Uint8Array(identical.length);
  for (const row of train) known[identical[row]] = 1;
  let count = 0;
  for (const row of test) count += known[identical[row]];
  return count;
}

function rowHash(X: FeatureMatrix, bits: Uint32Array, row: number): number {
  const { values, columns } = X;
  const sparse = X.kind === 'sparse';
  const start = sparse ? X.rowStart[row] : row * columns;
  const end = sparse ? X.rowStart[row + 1] : start + columns;
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let at = start; at < end; at++) {
    const value = values[at];
    if (value === 0) continue;
    const column = sparse ? X.columnIndex[at] : at - start;
    // There are many NaN, and they are all one missing cell.
    const low = value !== value ? 1 : bits[2 * at];
    const high = value !== value ? 0x7ff80000 : bits[2 * at + 1];
    a = step(step(step(a, column), low), high);
    b = step(step(step(b, high ^ 0x5bd1e995), column), low);
  }
  return (finish(a) >>> 5) * 67108864 + (finish(b) >>> 6);
}

/** A round of MurmurHash3 (Appleby, public domain). */
function step(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function isSame(X: FeatureMatrix, a: number, b: number): boolean {
  const { values, columns } = X;
  const same = (x: number, y: number): boolean => x === y || (x !== x && y !== y);
  if (X.kind === 'dense') {
    for (let j = 0; j < columns; j++) if (!same(values[a * columns + j], values[b * columns + j])) return false;
    return true;
  }
  const { rowStart, columnIndex } = X;
  let [i, j] = [rowStart[a], rowStart[b]];
  while (i < rowStart[a + 1] || j < rowStart[b + 1]) {
    // An entry that holds 0 is like no entry.
    if (i < rowStart[a + 1] && values[i] === 0) i++;
    else if (j < rowStart[b + 1] && values[j] === 0) j++;
    else if (i === rowStart[a + 1] || j === rowStart[b + 1]) return false;
    else if (columnIndex[i] !== columnIndex[j] || !same(values[i], values[j])) return false;
    else {
      i++;
      j++;
    }
  }
  return true;
}
