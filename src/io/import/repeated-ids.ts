/**
 * Finds ids that may have occurred before, by 64 bits of hash for each: 16 bytes an id on average, whatever its length.
 * Two different ids with one hash are one in 2^64 pairs; whoever needs certainty looks at the suspects' texts again.
 */
export class RepeatedIds {
  private low = new Uint32Array(1 << 10);
  private high = new Uint32Array(1 << 10);
  private size = 0;
  private readonly found = new Set<string>();

  /** Takes an id. */
  add(id: string): void {
    if (this.size * 2 >= this.low.length) this.grow();
    const { low, high } = hashOf(id);
    if (!this.place(low, high) && this.found.size < suspectLimit) this.found.add(`${low}:${high}`);
  }

  get any(): boolean {
    return this.found.size > 0;
  }

  /** Whether the id has the hash of one that occurred before. */
  isSuspect(id: string): boolean {
    const { low, high } = hashOf(id);
    return this.found.has(`${low}:${high}`);
  }

  /** False if it was there. */
  private place(low: number, high: number): boolean {
    const mask = this.low.length - 1;
    let at = low & mask;
    while (this.low[at] !== 0 || this.high[at] !== 0) {
      if (this.low[at] === low && this.high[at] === high) return false;
      at = (at + 1) & mask;
    }
    this.low[at] = low;
    this.high[at] = high;
    this.size++;
    return true;
  }

  private grow(): void {
    const { low, high } = this;
    this.low = new Uint32Array(low.length * 2);
    this.high = new Uint32Array(low.length * 2);
    this.size = 0;
    for (let k = 0; k < low.length; k++) if (low[k] !== 0 || high[k] !== 0) this.place(low[k], high[k]);
  }
}

/** More suspects than faults that are told are of no use. */
const suspectLimit = 1000;

/** Two 32-bit hashes of different multipliers, well mixed (the finaliser of MurmurHash3); never both 0. */
function hashOf(text: string): { low: number; high: number } {
  let a = 0x9e3779b9 ^ text.length;
  let b = 0x85ebca6b;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b, 31) + unit;
    b ^= b >>> 15;
  }
  const low = mix(a ^ Math.imul(b, 0x27d4eb2f));
  const high = mix(b + Math.imul(a, 0x165667b1));
  return { low, high: low === 0 && high === 0 ? 1 : high };
}

function mix(bits: number): number {
  let h = bits ^ (bits >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
