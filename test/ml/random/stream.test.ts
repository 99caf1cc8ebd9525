import { describe, expect, it } from 'vitest';
import { hash32, randomStream, shuffle } from '../../../src/ml/random/stream.js';

const draw = (seed: number, purpose: string, index: number): number[] => {
  const stream = randomStream(seed, purpose, index);
  return Array.from({ length: 4 }, () => stream.uint32());
};

describe('streams of chance', () => {
  it('are the same for the same seed, purpose and index, for ever', () => {
    // Frozen: a change of these numbers changes every result of every user.
    expect(draw(0, 'bootstrap', 0)).toMatchInlineSnapshot(`
      [
        505454712,
        3635189440,
        372658859,
        3926183752,
      ]
    `);
    expect(hash32('instance 17', 3)).toMatchInlineSnapshot(`562706224`);
  });

  it('differ with any of the three', () => {
    const streams = [draw(0, 'a', 0), draw(1, 'a', 0), draw(2 ** 32, 'a', 0), draw(0, 'b', 0), draw(0, 'a', 1)];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  it('are not correlated between neighbouring indexes', () => {
    const n = 2000;
    let product = 0;
    for (let i = 0; i < n; i++) {
      product += (randomStream(0, 'tree', i).float() - 0.5) * (randomStream(0, 'tree', i + 1).float() - 0.5);
    }
    // Standard error of the mean product of independent uniform deviates: (1/12)/√n.
    expect(Math.abs(product / n)).toBeLessThan(5 / 12 / Math.sqrt(n));
  });

  it('draw floats in [0, 1) and integers below a bound evenly', () => {
    const stream = randomStream(7, 'test');
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) counts[stream.below(6)]++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    const floats = Array.from({ length: 10_000 }, () => stream.float());
    expect(Math.min(...floats)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...floats)).toBeLessThan(1);
    expect(Math.abs(floats.reduce((a, b) => a + b) / 10_000 - 0.5)).toBeLessThan(0.02);
  });

  it('draw normal deviates of mean 0 and variance 1', () => {
    const stream = randomStream(1, 'normal');
    const values = Array.from({ length: 20_000 }, () => stream.normal());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.04);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('shuffle to a permutation', () => {
    const items = Array.from({ length: 100 }, (_, i) => i);
    shuffle(items, randomStream(0, 'shuffle'));
    expect(items).not.toEqual([...items].sort((a, b) => a - b));
    expect([...items].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
