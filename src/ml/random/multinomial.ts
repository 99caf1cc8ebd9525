import type { RandomStream } from './stream.js';

/** So many standard deviations below n is the mean of the Poisson part: in one draw of 700 it is too large all the same. */
const margin = 3;
const two32 = 4294967296;
/** Outcomes rarer than this are left out of a table of 32-bit cuts. */
const negligible = 2 ** -40;

/**
 * Multinomial counts over k cells, drawn again and again: n rows, with replacement, of which `counts[i]` belong to cell i
 * (n = Σ counts). Each cell first draws Poisson(share · counts[i]), independently, by a table of its distribution with
 * a guide (Chen and Asau 1974); given their sum T <= n these are multinomial, and n - T rows drawn one by one (alias
 * method, Vose 1991) bring them to n. A T above n is drawn anew, which depends on T alone and so biases nothing. The
 * probabilities of a table are rounded to 2^-32. O(k + √n) for a draw, a few nanoseconds a cell.
 */
export class MultinomialSampler {
  private readonly n: number;
  /** Cells that have rows; for each the number of its table. */
  private readonly cells: Uint32Array;
  private readonly tableOf: Uint32Array;
  private readonly tables: PoissonTables;
  private readonly alias: AliasTable;

  constructor(counts: Float64Array) {
    this.n = counts.reduce((sum, count) => sum + count, 0);
    this.cells = Uint32Array.from(counts.keys()).filter((i) => counts[i] > 0);
    const share = Math.max(0, 1 - margin / Math.sqrt(Math.max(1, this.n)));
    const distinct = Float64Array.from(new Set(Array.from(this.cells, (i) => counts[i])));
    const place = new Map(Array.from(distinct, (count, t) => [count, t]));
    this.tableOf = Uint32Array.from(this.cells, (i) => place.get(counts[i]) ?? 0);
    this.tables = new PoissonTables(distinct.map((count) => share * count));
    this.alias = new AliasTable(Float64Array.from(this.cells, (i) => counts[i]));
  }

  /** Writes k counts with Σ = n. */
  draw(into: Float64Array, stream: RandomStream): void {
    const { cells, tableOf, tables, n } = this;
    let total: number;
    do {
      into.fill(0);
      total = 0;
      for (let c = 0; c < cells.length && total <= n; c++) {
        const drawn = tables.draw(tableOf[c], stream);
        into[cells[c]] = drawn;
        total += drawn;
      }
    } while (total > n);
    for (; total < n; total++) into[cells[this.alias.draw(stream)]]++;
  }
}

/** Poisson distributions as tables, all in the same arrays. */
class PoissonTables {
  /** Of each table: where its cuts begin, the outcome of the first, where its guide begins, and the bits it drops. */
  private readonly cutStart: Uint32Array;
  private readonly lowest: Uint32Array;
  private readonly guideStart: Uint32Array;
  private readonly shift: Uint8Array;
  /** 2^32 · P(X <= outcome), the last 2^32. */
  private readonly cuts: Float64Array;
  /** For the first bits of a uniform number: the first cut it can lie below. */
  private readonly guide: Uint32Array;

  constructor(means: Float64Array) {
    this.cutStart = new Uint32Array(means.length);
    this.lowest = new Uint32Array(means.length);
    this.guideStart = new Uint32Array(means.length);
    this.shift = new Uint8Array(means.length);
    const cuts: number[] = [];
    const guide: number[] = [];
    means.forEach((mean, t) => {
      const { lowest, probabilities } = poisson(mean);
      const bits = Math.max(4, Math.ceil(Math.log2(probabilities.length)));
      this.cutStart[t] = cuts.length;
      this.lowest[t] = lowest;
      this.guideStart[t] = guide.length;
      this.shift[t] = 32 - bits;
      const sum = probabilities.reduce((all, p) => all + p, 0);
      let below = 0;
      let next = 0;
      for (let k = 0; k < probabilities.length; k++) {
        below += probabilities[k];
        const cut = k === probabilities.length - 1 ? two32 : Math.round((below / sum) * two32);
        cuts.push(cut);
        for (; next * 2 ** this.shift[t] < cut && next < 2 ** bits; next++) guide.push(k);
      }
    });
    this.cuts = Float64Array.from(cuts);
    this.guide = Uint32Array.from(guide);
  }

  draw(table: number, stream: RandomStream): number {
    const u = stream.uint32();
    const first = this.cutStart[table];
    let k = this.guide[this.guideStart[table] + (u >>> this.shift[table])];
    while (u >= this.cuts[first + k]) k++;
    return this.lowest[table] + k;
  }
}

/** The probabilities of the outcomes that are not negligible, from `lowest` on; not normalised. */
function poisson(mean: number): { lowest: number; probabilities: number[] } {
  const mode = Math.floor(mean);
  const above: number[] = [];
  // Relative to the mode: no factorial is needed.
  for (let k = mode, p = 1; p > negligible; p *= mean / ++k) above.push(p);
  const below: number[] = [];
  for (let k = mode, p = 1; k > 0; ) {
    p *= k-- / mean;
    if (p <= negligible) break;
    below.push(p);
  }
  return { lowest: mode - below.length, probabilities: [...below.toReversed(), ...above] };
}

/** Draws i with probability weights[i] / Σ weights. */
class AliasTable {
  private readonly keep: Float64Array;
  private readonly other: Uint32Array;

  constructor(weights: Float64Array) {
    const k = weights.length;
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / k;
    this.keep = weights.map((weight) => weight / mean);
    this.other = new Uint32Array(k);
    const small: number[] = [];
    const large: number[] = [];
    this.keep.forEach((share, i) => (share < 1 ? small : large).push(i));
    while (small.length > 0 && large.length > 0) {
      const [less, more] = [small.pop() as number, large[large.length - 1]];
      this.other[less] = more;
      this.keep[more] -= 1 - this.keep[less];
      if (this.keep[more] < 1) small.push(large.pop() as number);
    }
    // What is left is 1 but for rounding.
    for (const i of [...small, ...large]) this.keep[i] = 1;
  }

  draw(stream: RandomStream): number {
    const place = stream.float() * this.keep.length;
    const i = Math.floor(place);
    return place - i < this.keep[i] ? i : this.other[i];
  }
}
