import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { squaredDistance } from '../matrix/squared-distance.js';

/** Members of a family that may be asked. */
export interface Members {
  readonly rows: readonly number[];
  /** By member: ln p(row | family). */
  readonly likelihood: readonly number[];
  /** The same members in the order of their ids, which decides between equals. */
  readonly ids: readonly string[];
}

/** How the odd members of a family are taken in turns: from the unlikeliest, and from those unlike all that was asked. */
export type Turns = 'alternately' | 'unlikeliest-first';

/**
 * `count` odd members of a family, as indices into `members`, the oddest first. Two notions take turns:
 * - the unlikeliest by the family's density: the anomalies of ILAB and of Pelleg and Moore (2004). Left alone, it asks the
 *   neighbours of what it asked before, and members that differ in one feature of little variance.
 * - those farthest from every answered row and from those just taken (farthest-first traversal, Gonzalez 1985; in active
 *   learning, Sener and Savarese 2018), the squared distance multiplied by the member's rank in unlikeliness.
 * The nearest answered row is only looked for as long as a member can still be taken: O(members · 32 · d) at least,
 * O(members · answered · d) at worst.
 * @param space n×d, where distances are measured
 * @param answered rows with an answer
 */
export function oddMembers(
  space: FeatureMatrix,
  members: Members,
  answered: readonly number[],
  count: number,
  turns: Turns,
): number[] {
  const m = members.rows.length;
  const wanted = Math.min(count, m);
  const byLikelihood = Array.from(members.rows.keys()).sort(
    (a, b) => members.likelihood[a] - members.likelihood[b] || (members.ids[a] < members.ids[b] ? -1 : 1),
  );
  const taken: number[] = [];
  const isTaken = new Uint8Array(m);
  const take = (member: number): void => {
    isTaken[member] = 1;
    taken.push(member);
  };
  let farthest: FarthestMembers | null = null;
  let next = 0;
  while (taken.length < wanted) {
    const turn = taken.length;
    if (turn === 0 || (turns === 'alternately' && turn % 2 === 0)) {
      while (isTaken[byLikelihood[next]] === 1) next++;
      take(byLikelihood[next]);
    } else {
      farthest ??= new FarthestMembers(space, members, byLikelihood, answered);
      for (const member of taken.slice(farthest.told)) farthest.tell(member);
      take(farthest.next(isTaken));
    }
  }
  return taken;
}

/** Answered rows a member is compared with at a time. */
const block = 32;

/** Members by their distance from a growing set of rows, as exactly as needed (lazy evaluation, Minoux 1978). */
class FarthestMembers {
  /** Members that were told. */
  told = 0;
  private readonly reference: number[];
  /** Number of reference rows that each member was compared with. */
  private readonly compared: Uint32Array;
  /** Least squared distance from these; the distance from all is no more. */
  private readonly nearest: Float64Array;
  /** Share of the members that are likelier, or the member itself. */
  private readonly oddness: Float64Array;
  /** A heap of members, the largest value on top. */
  private readonly heap: Uint32Array;
  private size: number;

  constructor(
    private readonly space: FeatureMatrix,
    private readonly members: Members,
    byLikelihood: readonly number[],
    answered: readonly number[],
  ) {
    const m = members.rows.length;
    this.reference = [...answered];
    this.compared = new Uint32Array(m);
    this.nearest = new Float64Array(m).fill(Infinity);
    this.oddness = new Float64Array(m);
    byLikelihood.forEach((member, rank) => {
      this.oddness[member] = (m - rank) / m;
    });
    for (let member = 0; member < m; member++) this.compare(member);
    this.heap = Uint32Array.from({ length: m }, (_, member) => member);
    this.size = m;
    for (let at = (m >> 1) - 1; at >= 0; at--) this.sink(at);
  }

  /** The member was taken: what is like it no longer is far. */
  tell(member: number): void {
    this.reference.push(this.members.rows[member]);
    this.told++;
  }

  /** The member of the largest value that is not taken; there is one. */
  next(isTaken: Uint8Array): number {
    for (;;) {
      const top = this.heap[0];
      if (isTaken[top] === 1) this.heap[0] = this.heap[--this.size];
      else if (this.compared[top] === this.reference.length) return top;
      else this.compare(top);
      this.sink(0);
    }
  }

  private compare(member: number): void {
    const end = Math.min(this.reference.length, this.compared[member] + block);
    for (let r = this.compared[member]; r < end; r++) {
      const distance = squaredDistance(this.space, this.members.rows[member], this.reference[r]);
      if (distance < this.nearest[member]) this.nearest[member] = distance;
    }
    this.compared[member] = end;
  }

  private sink(from: number): void {
    const { heap } = this;
    const member = heap[from];
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.isBefore(heap[child + 1], heap[child])) child++;
      if (!this.isBefore(heap[child], member)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = member;
  }

  private isBefore(a: number, b: number): boolean {
    const [left, right] = [this.nearest[a] * this.oddness[a], this.nearest[b] * this.oddness[b]];
    return left > right || (left === right && this.members.ids[a] < this.members.ids[b]);
  }
}
