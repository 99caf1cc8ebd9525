import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, equalWidthEdges, labelHistogram, predictionEdges } from '../../../src/ml/metrics/histogram.js';

describe('histogram', () => {
  it('counts every value once, in the bin whose edges hold it', () => {
    const edges = equalWidthEdges(0, 1, 10);
    const value = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...edges));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.constantFrom(-1, 0, 1)), { maxLength: 50 }), (rows) => {
        const counts = labelHistogram(
          Float64Array.from(rows, ([v]) => v),
          Int8Array.from(rows, ([, l]) => l),
          edges,
        );
        const all = [...counts.malicious, ...counts.benign, ...counts.unlabeled];
        expect(all.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        for (const [v] of rows) {
          const bin = binOf(edges, v);
          expect(v).toBeGreaterThanOrEqual(edges[bin]);
          if (bin < 9) expect(v).toBeLessThan(edges[bin + 1]);
        }
      }),
    );
  });

  it('has half-open bins, the last one closed', () => {
    const edges = equalWidthEdges(0, 1, 10);
    expect([...edges]).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect([0, 0.1, 0.3, 0.9, 1].map((value) => binOf(edges, value))).toEqual([0, 1, 3, 9, 9]);
    expect(() => binOf(edges, 1.1)).toThrow(RangeError);
    expect(() => binOf(edges, Number.NaN)).toThrow(RangeError);
  });

  it('separates labels', () => {
    const counts = labelHistogram(
      Float64Array.of(0.1, 0.9, 0.9, 0.2),
      Int8Array.of(0, 1, 1, -1),
      equalWidthEdges(0, 1, 2),
    );
    expect(counts).toEqual({
      malicious: Uint32Array.of(0, 2),
      benign: Uint32Array.of(1, 0),
      unlabeled: Uint32Array.of(1, 0),
    });
  });

  it('spans scores from the least to the greatest, equal ones too', () => {
    const edges = predictionEdges(Float64Array.of(-3, 7, 2), 'score', 4);
    expect([...edges]).toEqual([-3, -0.5, 2, 4.5, 7]);
    expect([...predictionEdges(Float64Array.of(2, 2), 'score', 2)]).toEqual([1.5, 2, 2.5]);
    expect(predictionEdges(new Float64Array(0), 'score')).toHaveLength(21);
    expect(predictionEdges(Float64Array.of(0.4), 'probability').at(-1)).toBe(1);
  });
});
