import { describe, expect, it } from 'vitest';
import { nearestInstances, searchedInstances } from '../../../src/experiments/instance/nearest-instances.js';
import { KnownInstances } from '../../../src/experiments/instance/reference-groups.js';
import { classifiers } from '../../../src/ml/classifiers/registry.js';
import type { Dataset } from '../../../src/ml/matrix/dataset.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import type { TrainedModel } from '../../../src/ml/model-selection/trained-model.js';
import { defaultParams } from '../../../src/ml/params.js';
import { nearestInstancesSchema } from '../../../src/schema/api/instance.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

const rows = [
  [0, 0, 1],
  [1, 0, 1],
  [0, 0, 1],
  [8, 1, 1],
  [9, 0, 1],
  [7, 1, 1],
];

function dataset(changes: Partial<Dataset> = {}): Dataset {
  return {
    project: 'P',
    name: 'D',
    ids: ['a', 'b', 'c', 'd', 'e', 'f'],
    idents: ['A', 'B', 'C', 'D', '<i>E', 'F'],
    featureNames: ['x', 'flag', 'one'],
    featureTypes: ['numeric', 'binary', 'binary'],
    X: denseFromRows(rows),
    labels: {
      label: Int8Array.of(0, 0, 0, 1, 1, -1),
      family: Int32Array.of(-1, -1, -1, 0, 1, -1),
      families: ['botnet', 'worm'],
    },
    hash: 'now',
    ...changes,
  };
}

const everyRow = Uint32Array.of(0, 1, 2, 3, 4, 5);

async function tree(classes?: TrainedModel['classes']): Promise<TrainedModel> {
  const { X, featureNames } = dataset();
  const y = Uint32Array.of(0, 0, 0, 1, 1, 1);
  const context = { seed: 1, executor: inlineExecutor, progress: () => undefined };
  const params = defaultParams(classifiers['decision-tree'].params);
  const fitted = await classifiers['decision-tree'].fit({ X, y, classCount: 2 }, params, context as never);
  const binary = [
    { name: 'benign', malicious: false, family: null },
    { name: 'malicious', malicious: true, family: null },
  ];
  return { model: 'decision-tree', params, featureNames, classes: classes ?? binary, fitted };
}

describe('nearest instances', () => {
  it('are those of the other class first, with what differs and what turns the verdict', async () => {
    for (const X of [denseFromRows(rows), toSparse(denseFromRows(rows))]) {
      const known = new KnownInstances(dataset({ X }));
      const searched = searchedInstances(known, everyRow, true);
      expect([...searched.rows]).toEqual([0, 1, 2, 3, 4]);
      const model = await tree();
      const found = nearestInstances({ known, row: 3, called: 'malicious', model, threshold: 0.5 }, searched, 2);
      expect(nearestInstancesSchema.parse(found)).toEqual(found);
      expect(found.searched).toEqual({ dataset: 'D', instances: 5, training: true });
      expect([found.asked, found.value, found.threshold]).toEqual(['malicious', 1, 0.5]);
      const [other, same] = found.groups;
      expect([other.relation, other.title, other.instances]).toEqual(['other', 'benign', 3]);
      expect(other.nearest.map(({ instanceId, alike }) => [instanceId, alike])).toEqual([
        ['b', 1],
        ['a', 2],
      ]);
      const [b] = other.nearest;
      // Standard deviations over the five labelled rows; the last feature does not vary.
      const units = [Math.sqrt(5 / 81.2), 2.5];
      expect(b.distance).toBeCloseTo(Math.hypot(7 * units[0], units[1]), 9);
      expect(b.differing).toBe(2);
      expect(b.differences.map(({ name, own, theirs }) => [name, own, theirs])).toEqual([
        ['flag', 1, 0],
        ['x', 8, 1],
      ]);
      expect(b.differences[1].difference).toBeCloseTo(-7 * units[0], 9);
      // Only x splits the tree: the flag changes nothing.
      expect(b.differences.map(({ valueAfter }) => valueAfter)).toEqual([1, 0]);
      expect(b.turning).toEqual({ count: 1, value: 0, changes: [{ index: 0, name: 'x', own: 8, theirs: 1 }] });
      expect([same.relation, same.instances]).toEqual(['same', 1]);
      expect(same.nearest).toMatchObject([{ instanceId: 'e', ident: '<i>E', family: 'worm', turning: null }]);
    }
  });

  it('of an instance of another dataset are found by the names of its features', async () => {
    const known = new KnownInstances(dataset());
    const turned = new KnownInstances(
      dataset({
        name: 'later',
        ids: ['a', 'z', 'y', 'x', 'w', 'v'],
        featureNames: ['one', 'more', 'flag', 'x'],
        featureTypes: ['binary', 'numeric', 'binary', 'numeric'],
        X: denseFromRows(rows.map(([x, flag, one]) => [one, 99, flag, x])),
      }),
    );
    const searched = searchedInstances(known, everyRow, true);
    const found = nearestInstances({ known: turned, row: 0, called: 'benign', threshold: null }, searched, 1);
    // Not left out: the instance of the same id is another one.
    expect(found.groups[1].nearest).toMatchObject([{ instanceId: 'a', alike: 2, distance: 0, differences: [] }]);
    expect(found.value).toBeNull();
    const lacking = new KnownInstances(dataset({ featureNames: ['x', 'flag', 'two'] }));
    expect(() => nearestInstances({ known: lacking, row: 0, threshold: null }, searched, 1)).toThrow(/lacks 1 of/);
  });

  it('are of each label for an instance that nobody has called anything', () => {
    const known = new KnownInstances(dataset());
    const found = nearestInstances({ known, row: 5, threshold: null }, searchedInstances(known, everyRow, false), 1);
    expect(found.groups.map(({ relation, title, nearest }) => [relation, title, nearest[0].instanceId])).toEqual([
      [null, 'malicious', 'd'],
      [null, 'benign', 'b'],
    ]);
    expect(found.groups[0].nearest[0]).toMatchObject({ differences: [{ valueAfter: null }], turning: null });
  });

  it('of a multiclass model are of its class and of every other one', async () => {
    const known = new KnownInstances(dataset());
    const model = await tree([
      { name: 'other', malicious: false, family: 'other' },
      { name: 'worm', malicious: true, family: 'worm' },
    ]);
    const searched = searchedInstances(known, everyRow, true);
    const found = nearestInstances({ known, row: 3, called: 'worm', model, threshold: 0.5 }, searched, 5);
    expect(found.groups.map(({ relation, title, instances }) => [relation, title, instances])).toEqual([
      ['other', 'every other class', 3],
      ['same', 'worm', 1],
    ]);
    // The lead of its class over the other: from 1 to -1 with the x of a benign one.
    expect([found.asked, found.value, found.threshold]).toEqual(['lead', 1, 0]);
    const [b] = found.groups[0].nearest;
    expect(b.turning).toMatchObject({ count: 1, value: -1, changes: [{ name: 'x', own: 8, theirs: 1 }] });
    const unknown = nearestInstances({ known, row: 3, called: 'never', model, threshold: 0.5 }, searched, 5);
    expect([unknown.asked, unknown.value]).toEqual([null, null]);
  });
});
