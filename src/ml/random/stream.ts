import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A stream of pseudo-random numbers, xoroshiro128+ (Blackman and Vigna 2018).
 * Every use of chance has its own stream, so that adding one changes no other.
 */
export interface RandomStream {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform double in [0, 1), 53 bits. */
  float(): number;
  /** Uniform integer in [0, bound), 1 <= bound <= 2^32, without modulo bias. */
  below(bound: number): number;
  /** Standard normal deviate (Box and Muller 1958). */
  normal(): number;
}

/** The stream of `purpose` (a fixed word, such as 'bootstrap') and `index` (a tree, a fold) under the run's seed. */
export function randomStream(seed: number, purpose: string, index = 0): RandomStream {
  const s0 = hash32(purpose, seed >>> 0);
  const s1 = hash32(purpose, ((seed / 4294967296) >>> 0) ^ 0x9e3779b9);
  const generator = xoroshiro128plusFromState([
    mix32(s0 ^ mix32(index + 0x243f6a88)),
    mix32(s1 + Math.imul(index + 1, 0x85ebca6b)),
    mix32(s0 + 0x13198a2e),
    // A constant odd word keeps the state from being all zero.
    mix32(s1 ^ index) | 1,
  ]);
  // The first outputs of a weakly mixed state are correlated between neighbouring seeds.
  for (let i = 0; i < 8; i++) generator.next();
  const uint32 = (): number => generator.next() >>> 0;
  const float = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  const below = (bound: number): number => {
    let drawn = uint32();
    // Rejection above the largest multiple of bound that fits into 32 bits; that costs a division, and is rarely near.
    while (drawn > 4294967296 - bound && drawn >= 4294967296 - (4294967296 % bound)) drawn = uint32();
    // >>> tells the compiler that both are 32-bit integers: a remainder of doubles takes ten times as long.
    return bound > 4294967295 ? drawn : (drawn >>> 0) % (bound >>> 0);
  };
  const normal = (): number => {
    let u = float();
    while (u === 0) u = float();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * float());
  };
  return { uint32, float, below, normal };
}

/** Shuffles `items` in place (Fisher and Yates). */
export function shuffle(items: { length: number; [index: number]: number }, stream: RandomStream): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = stream.below(i + 1);
    const kept = items[i];
    items[i] = items[j];
    items[j] = kept;
  }
}

/** MurmurHash3 x86 32-bit (Appleby 2011) over the UTF-16 code units of `text`. */
export function hash32(text: string, seed = 0): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) {
    let k = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  return mix32(h ^ text.length);
}

function mix32(value: number): number {
  let h = value | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
