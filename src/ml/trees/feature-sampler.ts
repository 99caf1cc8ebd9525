import type { RandomStream } from '../random/stream.js';

/**
 * Draws the features that a node tries, without replacement. A feature found constant in a node is constant in all its
 * descendants: each node waiting to be split has a slot, a bit set of the constants known to it. They are drawn like
 * others, so that a node's chances are what they would be without this knowledge, but cost nothing.
 */
export class FeatureSampler {
  private readonly features: Uint32Array;
  private readonly words: number;
  private constants: Uint32Array;
  private slots = 0;
  private readonly free: number[] = [];
  private slot = 0;
  private available = 0;
  private drawn = 0;

  /** @param maxFeatures features to try in each node; all of them: in order, without chance */
  constructor(
    private readonly columns: number,
    private readonly maxFeatures: number,
  ) {
    this.features = Uint32Array.from({ length: columns }, (_, j) => j);
    this.words = (columns + 31) >>> 5;
    this.constants = new Uint32Array(this.words * 16);
  }

  /** A slot without known constants. */
  takeSlot(): number {
    const slot = this.free.pop() ?? this.slots++;
    if (this.slots * this.words > this.constants.length) {
      const larger = new Uint32Array(this.slots * this.words * 2);
      larger.set(this.constants);
      this.constants = larger;
    }
    this.constants.fill(0, slot * this.words, (slot + 1) * this.words);
    return slot;
  }

  copySlot(from: number): number {
    const slot = this.takeSlot();
    this.constants.copyWithin(slot * this.words, from * this.words, (from + 1) * this.words);
    return slot;
  }

  freeSlot(slot: number): void {
    this.free.push(slot);
  }

  begin(slot: number): void {
    this.slot = slot;
    this.available = this.columns;
    this.drawn = 0;
  }

  /**
   * The next feature not known to be constant, or -1 when enough were drawn. Until the node has a split (`found`)
   * there are never enough.
   */
  draw(stream: RandomStream, found: boolean): number {
    const { features, columns, maxFeatures } = this;
    const most = found ? maxFeatures : columns;
    while (this.drawn < most) {
      let j = this.drawn;
      if (maxFeatures < columns) {
        const at = stream.below(this.available--);
        j = features[at];
        features[at] = features[this.available];
        features[this.available] = j;
      }
      this.drawn++;
      if ((this.constants[this.slot * this.words + (j >>> 5)] & (1 << (j & 31))) === 0) return j;
    }
    return -1;
  }

  markConstant(j: number): void {
    this.constants[this.slot * this.words + (j >>> 5)] |= 1 << (j & 31);
  }
}
