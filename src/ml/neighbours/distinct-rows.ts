import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';

/** The distinct rows among some rows of a matrix. */
export interface DistinctRows {
  /** A row of X for each distinct one: its first. */
  readonly representative: Uint32Array;
  /** For each row looked at, the number of the distinct row it equals; -1 for a row left out. */
  readonly groupOf: Int32Array;
}

/**
 * Groups equal rows of X (n×d): equal in every cell, 0 and -0 alike. Rows with `include[i] = 0` are left out.
 * O(stored cells), by hashing.
 */
export function distinctRows(X: FeatureMatrix, include?: Uint8Array): DistinctRows {
  const groupOf = new Int32Array(X.rows).fill(-1);
  const representative: number[] = [];
  const buckets = new Map<number, number[]>();
  const mine = new RowEntries(X);
  const theirs = new RowEntries(X);
  for (let i = 0; i < X.rows; i++) {
    if (include && include[i] === 0) continue;
    mine.read(i);
    const hash = hashEntries(mine);
    const candidates = buckets.get(hash) ?? [];
    let group = candidates.find((candidate) => {
      theirs.read(representative[candidate]);
      return sameEntries(mine, theirs);
    });
    if (group === undefined) {
      group = representative.length;
      representative.push(i);
      buckets.set(hash, [...candidates, group]);
    }
    groupOf[i] = group;
  }
  return { representative: Uint32Array.from(representative), groupOf };
}

function hashEntries({ count, columns, values }: RowEntries): number {
  let hash = 0x811c9dc5;
  for (let e = 0; e < count; e++) {
    scratch[0] = values[e];
    hash = Math.imul(hash ^ columns[e], 0x01000193);
    hash = Math.imul(hash ^ halves[0], 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash ^ halves[1], 0xc2b2ae35);
    hash ^= hash >>> 13;
  }
  return hash;
}

/** The two halves of a double's bits. */
const scratch = new Float64Array(1);
const halves = new Uint32Array(scratch.buffer);

function sameEntries(a: RowEntries, b: RowEntries): boolean {
  if (a.count !== b.count) return false;
  for (let e = 0; e < a.count; e++) if (a.columns[e] !== b.columns[e] || a.values[e] !== b.values[e]) return false;
  return true;
}
