import { describe, expect, it } from 'vitest';
import type { PredictionTable } from '../../../src/schema/prediction-table.js';
import { parseDatabaseRows, selectRows } from '../../../src/workspace/experiment/database-rows.js';
import { examplePredictions } from '../example-result.js';

describe('rows for the database', () => {
  it('are all of up to 100,000 by default', () => {
    expect(selectRows(examplePredictions(100_000), 'auto')).toStrictEqual({});
    expect(selectRows(examplePredictions(100_001), 'auto').rows?.length).toBeLessThan(100_001);
    expect(selectRows(examplePredictions(100_001), 'all')).toStrictEqual({});
    expect(selectRows(examplePredictions(10), 10)).toStrictEqual({});
  });

  it('are of many the 10,000 highest scores and every error and alert', () => {
    const n = 120_000;
    const table: PredictionTable = {
      ...examplePredictions(n),
      label: {
        names: ['malicious', 'benign'],
        codes: Int32Array.from({ length: n }, (_, i) => (i === 7 ? 0 : i % 5 === 0 ? -1 : 1)),
      },
      predicted: {
        names: ['benign', 'malicious'],
        codes: Int32Array.from({ length: n }, (_, i) => (i === 11 ? 1 : 0)),
      },
      score: Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? Number.NaN : i)),
    };
    const { rows, note } = selectRows(table, 'auto');
    const highest = Array.from({ length: n }, (_, i) => i)
      .filter((i) => i % 3 !== 0)
      .slice(-10_000);
    // 7 is missed, 11 is an alert (and wrong).
    expect([...(rows ?? [])]).toStrictEqual([7, 11, ...highest]);
    expect(note).toBe(
      'the database holds 10,002 of 120,000 row-level results (the 10,000 highest scores and every error and alert); rows.bin holds them all',
    );
  });

  it('know in a multiclass model which families are alerts and which predictions are wrong', () => {
    const n = 100_004;
    const zeros = new Int32Array(n);
    const family = zeros.slice();
    family.set([1, 1, 0, 2], n - 4);
    const predicted = zeros.slice();
    predicted.set([1, 0, 1, 0], n - 4);
    const label = Int32Array.from(family, (code) => (code === 1 ? 1 : 0));
    const table: PredictionTable = {
      ...examplePredictions(n),
      label: { names: ['benign', 'malicious'], codes: label },
      family: { names: ['ham', 'phishing', 'unseen'], codes: family },
      predicted: { names: ['ham', 'phishing'], codes: predicted },
      score: Float64Array.from({ length: n }, (_, i) => -i),
    };
    const rows = [...(selectRows(table, 'auto').rows ?? [])];
    expect(rows.slice(0, 10_000)).toStrictEqual(Array.from({ length: 10_000 }, (_, i) => i));
    // An alert rightly, a miss, an alert wrongly, a family that the model does not know.
    expect(rows.slice(10_000)).toStrictEqual([n - 4, n - 3, n - 2, n - 1]);
  });

  it('are of equal scores the first', () => {
    const table = { ...examplePredictions(6), score: Float64Array.of(1, 2, 1, 1, 0, 1) };
    expect([...(selectRows(table, 3).rows ?? [])]).toStrictEqual([0, 1, 2]);
    expect([...(selectRows(table, 'none').rows ?? [])]).toStrictEqual([]);
    const unknown = { ...table, score: new Float64Array(6).fill(Number.NaN) };
    expect([...(selectRows(unknown, 2).rows ?? [])]).toStrictEqual([0, 1]);
  });

  it('are asked for in three ways', () => {
    expect(['all', 'none', '0', '25'].map((text) => parseDatabaseRows(text, '--db-rows'))).toStrictEqual([
      'all',
      'none',
      0,
      25,
    ]);
    for (const text of ['', 'some', '-1', '1.5', '1e3'])
      expect(() => parseDatabaseRows(text, '--db-rows')).toThrow(/expected all, none/);
  });
});
