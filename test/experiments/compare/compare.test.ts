import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseParts } from '../../../src/experiments/compare/choose-parts.js';
import { commonRows } from '../../../src/experiments/compare/common-rows.js';
import { compareParts } from '../../../src/experiments/compare/compare.js';
import { comparisonSchema } from '../../../src/schema/comparison.js';
import type { ComparablePart, ComparedPart } from '../../../src/schema/compared-part.js';
import { randomStream } from '../../../src/ml/random/stream.js';

const options = { seed: 0, rows: 5, replicates: 50 };

function part(name: string, dataset = 'D', heldOut = true): ComparablePart {
  return { name, project: 'P', dataset, heldOut };
}

type Row = readonly [id: string, label: 0 | 1 | -1, value: number, family?: string];

function experiment(id: string, rows: readonly Row[], more: Partial<ComparedPart> = {}): ComparedPart {
  const names = [...new Set(rows.flatMap(([, , , family]) => family ?? []))];
  return {
    experiment: { id, name: null, datasetHash: 'h', settings: { model: 'm', params: ['C=1', 'penalty=l2'], seed: 0 } },
    part: part('test'),
    ids: rows.map(([row]) => row),
    identOf: (row) => `ident ${rows[row][0]}`,
    label: Int8Array.from(rows, ([, label]) => label),
    family: {
      names,
      codes: Int32Array.from(rows, ([, , , family]) => (family === undefined ? -1 : names.indexOf(family))),
    },
    value: Float64Array.from(rows, ([, , value]) => value),
    scale: 'probability',
    threshold: 0.5,
    ...more,
  };
}

const a = experiment('a', [
  ['1', 1, 0.9, 'worm'],
  ['2', 1, 0.2, 'worm'],
  ['3', 0, 0.6, 'office'],
  ['4', 0, 0.1, 'office'],
  ['5', -1, 0.7],
  ['only a', 1, 0.7, 'worm'],
]);
const b = experiment('b', [
  ['5', -1, 0.1],
  ['4', 0, 0.8, 'office'],
  ['3', 0, 0.3, 'office'],
  ['2', 1, 0.95, 'worm'],
  ['1', 1, 0.8, 'worm'],
]);

describe('compareParts', () => {
  const { document, changes } = compareParts([a, b], options);
  const [pair] = document.pairs;

  it('is a document of its schema', () => {
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  it('speaks of the instances that both have judged', () => {
    expect(pair.rows).toEqual({
      common: 5,
      onlyBaseline: 1,
      onlyOther: 0,
      judged: 4,
      malicious: 2,
      benign: 2,
      contradictory: 0,
    });
    const figure = (name: string) => pair.figures.find((candidate) => candidate.name === name);
    expect(figure('recall')).toMatchObject({ baseline: 0.5, other: 1, difference: 0.5 });
    expect(figure('falsePositiveRate')).toMatchObject({ baseline: 0.5, other: 0.5, difference: 0 });
    expect(figure('rocAuc')).toMatchObject({ baseline: 0.75, other: 0.875, difference: 0.125, method: 'delong' });
  });

  it('counts who is right, and which verdicts changed, by label and family', () => {
    expect(pair.mcnemar).toMatchObject({
      bothRight: 1,
      onlyBaselineRight: 1,
      onlyOtherRight: 2,
      bothWrong: 0,
      pValue: 1,
    });
    expect(pair.verdicts).toEqual([
      { label: 'malicious', instances: 2, calledByBaseline: 1, calledByOther: 2, gained: 1, lost: 0 },
      { label: 'benign', instances: 2, calledByBaseline: 1, calledByOther: 1, gained: 1, lost: 1 },
      { label: null, instances: 1, calledByBaseline: 1, calledByOther: 0, gained: 0, lost: 1 },
    ]);
    expect(pair.families.rows.map(({ family, gained, lost }) => [family, gained, lost])).toEqual([
      ['office', 1, 1],
      ['worm', 1, 0],
    ]);
  });

  it('lists changed verdicts, the largest change first', () => {
    expect(pair.changes.total).toBe(4);
    expect(pair.changes.rows.map(({ instanceId }) => instanceId)).toEqual(['2', '4', '5', '3']);
    expect(pair.changes.rows[0]).toEqual({
      instanceId: '2',
      ident: 'ident 2',
      label: 'malicious',
      family: 'worm',
      baseline: { value: 0.2, verdict: 'benign' },
      other: { value: 0.95, verdict: 'malicious' },
      change: 0.75,
    });
    const few = compareParts([a, b], { ...options, rows: 2 });
    expect(few.document.pairs[0].changes).toMatchObject({ total: 4, rows: pair.changes.rows.slice(0, 2) });
    expect(changes[0].at(3).instanceId).toBe('3');
  });

  it('tells scores by their place in the order, whatever their scale', () => {
    const scores = { ...b, scale: 'score' as const, threshold: 0, value: b.value.map((value) => 1000 * (value - 0.5)) };
    const { changes: told, notes } = compareParts([a, scores], options).document.pairs[0];
    expect(told.scale).toBe('rank');
    expect(told.rows.find(({ instanceId }) => instanceId === '2')?.change).toBe(0.75);
    expect(notes.join()).toContain('one model has probabilities and the other scores');
  });

  it('leaves out of the figures what is labelled in two ways, and takes a label that one side lacks', () => {
    const relabelled = { ...b, label: Int8Array.of(1, 1, 0, 1, 1) };
    const { rows, notes } = compareParts([a, relabelled], options).document.pairs[0];
    expect(rows).toMatchObject({ judged: 4, malicious: 3, benign: 1, contradictory: 1 });
    expect(notes.join()).toContain('1 instances have another label');
  });

  it('lists the settings that differ, parameters one by one for one model', () => {
    const of = (settings: ComparedPart['experiment']['settings']): ComparedPart => ({
      ...b,
      experiment: { ...b.experiment, settings },
    });
    const settings = (other: ComparedPart) => compareParts([a, other], options).document.pairs[0].settings;
    expect(settings(b)).toEqual([]);
    expect(settings(of({ model: 'm', params: ['C=10', 'penalty=l2'], seed: 0, folds: 4 }))).toEqual(
      [
        { name: 'folds', baseline: null, other: '4' },
        { name: 'params.C', baseline: '1', other: '10' },
      ].sort((x, y) => (x.name === 'params.C' ? -1 : y.name === 'params.C' ? 1 : 0)),
    );
    expect(settings(of({ model: 'n', params: ['depth=3'], seed: 0 }))).toEqual([
      { name: 'model', baseline: 'm', other: 'n' },
      { name: 'params', baseline: 'C=1 penalty=l2', other: 'depth=3' },
    ]);
  });

  it('refuses in plain words where no instance is in common', () => {
    const others = { ...b, ids: b.ids.map((id) => `x${id}`) };
    expect(() => compareParts([a, others], options)).toThrow(/no instance is in both: a judged 6 instances/);
  });

  it('turns every sign, to the last bit, when the two are swapped', () => {
    const negated = (value: number | null): number | null => (value === null ? null : -value + 0);
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.boolean(), fc.nat(), (n, coarse, seed) => {
        const stream = randomStream(seed, 'swap');
        const value = (): number => (coarse ? stream.below(5) / 4 : stream.float());
        const rows = Array.from(
          { length: n },
          (_, i): Row => [`${i}`, i < 2 ? 0 : i < 4 ? 1 : (stream.below(2) as 0 | 1), value()],
        );
        const one = experiment('one', rows);
        const two = experiment('two', rows.map(([id, label]): Row => [id, label, value()]).toReversed());
        const [there, back] = [compareParts([one, two], options), compareParts([two, one], options)].map(
          ({ document: { pairs } }) => pairs[0],
        );
        there.figures.forEach((figure, k) => {
          const other = back.figures[k];
          expect([other.other, other.baseline]).toEqual([figure.baseline, figure.other]);
          expect(negated(other.difference)).toBe(figure.difference === null ? null : figure.difference + 0);
          expect([negated(other.high), negated(other.low)]).toEqual(
            [figure.low, figure.high].map((end) => (end === null ? null : end + 0)),
          );
          expect(other.pValue).toBe(figure.pValue);
        });
        expect(back.mcnemar).toMatchObject({
          onlyBaselineRight: there.mcnemar?.onlyOtherRight,
          onlyOtherRight: there.mcnemar?.onlyBaselineRight,
          pValue: there.mcnemar?.pValue,
        });
        expect(back.verdicts.map(({ gained, lost }) => [lost, gained])).toEqual(
          there.verdicts.map(({ gained, lost }) => [gained, lost]),
        );
        const ids = ({ changes: { rows: listed } }: typeof there) =>
          listed.map(({ instanceId, change }) => [instanceId, Math.abs(change)]);
        expect(ids(back)).toEqual(ids(there));
      }),
      { numRuns: 40 },
    );
  });
});

describe('commonRows', () => {
  it('is the join of two lists of ids in any order', () => {
    const ids = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 40 });
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        const joined = commonRows(first, second);
        const expected = first.flatMap((id, row) => (second.includes(id) ? [[row, second.indexOf(id)]] : []));
        expect([...joined.first].map((row, k) => [row, joined.second[k]])).toEqual(expected);
      }),
    );
  });
});

describe('chooseParts', () => {
  const random = { id: 'random', parts: [part('test'), part('unlabeled', 'D', false), part('train', 'D', false)] };
  const crossed = { id: 'cv', parts: [part('cv'), part('fold.0'), part('train', 'D', false)] };
  const other = { id: 'other', parts: [part('dataset:E', 'E'), part('train', 'D', false)] };
  const names = (of: ReturnType<typeof chooseParts>): string[] => of.chosen.map(({ name }) => name);

  it('takes the first held-out part that all have', () => {
    expect(names(chooseParts([random, { ...random, id: 'again' }], undefined))).toEqual(['test', 'test']);
  });

  it('takes held-out parts of other names before the training part', () => {
    const chosen = chooseParts([random, crossed], undefined);
    expect(names(chosen)).toEqual(['test', 'cv']);
    expect(chosen.notes.join()).toContain('part test is compared with part cv');
    const same = { id: 'e', parts: [part('test', 'E')] };
    expect(names(chooseParts([other, same], undefined))).toEqual(['dataset:E', 'test']);
  });

  it('takes the training part only where nothing else is in common, and says so', () => {
    const chosen = chooseParts([random, other], undefined);
    expect(names(chosen)).toEqual(['train', 'train']);
    expect(chosen.notes.join()).toContain('only the training part');
  });

  it('takes the part asked for, and test for the only validation dataset', () => {
    expect(names(chooseParts([crossed, crossed], 'fold.0'))).toEqual(['fold.0', 'fold.0']);
    expect(names(chooseParts([other, { ...other, id: 'x' }], 'test'))).toEqual(['dataset:E', 'dataset:E']);
    expect(() => chooseParts([random, crossed], 'test')).toThrow(/experiment cv has no part "test"/);
    expect(() => chooseParts([random, other], 'test')).toThrow(
      /part test is of different datasets: random of P\/D, other of P\/E/,
    );
  });

  it('refuses what has nothing in common: ids mean the same only within a dataset', () => {
    const elsewhere = { id: 'elsewhere', parts: [part('test', 'F')] };
    expect(() => chooseParts([random, elsewhere], undefined)).toThrow(
      /judged nothing in common:\n {2}random: test \(of P\/D\)/,
    );
  });
});
