import { describe, expect, it } from 'vitest';
import { modelFromJson } from '../../../src/ml/model-selection/trained-model.js';

const classes = ['benign', 'malicious', 'worm'].map((name) => ({ name, malicious: name !== 'benign', family: null }));
const linear = { coefficients: [[1], [1]], intercepts: [0, 0], mean: [0], scale: [1] };

/** A model whose numbers claim more than there is: reviving it, or applying it, must not take memory for them. */
const claims: [string, object][] = [
  ['logistic-regression', { classCount: 2 ** 31, present: [0, 1], ...linear }],
  ['decision-tree', { classCount: 2 ** 31, importances: [1], trees: [{ feature: [-1], threshold: [], leaves: [1] }] }],
  ['gaussian-naive-bayes', { classCount: 2 ** 31, centre: [], logPrior: [] }],
  [
    'k-nearest-neighbours',
    {
      k: 1,
      byDistance: false,
      classCount: 2 ** 31,
      points: { kind: 'dense', rows: 0, columns: 0, values: [] },
      multiplicity: [],
      votes: [],
      mean: [],
      unit: [],
    },
  ],
];

describe('a model from somebody else', () => {
  const model = (changes: object) =>
    modelFromJson({ format: 'secuml-model', version: 1, imputer: null, classes, featureNames: ['a'], ...changes }, 'x');

  it.each(claims)('is refused where it claims classes that have no name: %s', (name, fitted) => {
    expect(() => model({ model: name, fitted })).toThrow('x is damaged: its number of classes');
  });

  it('is refused without names and with sparse neighbours whose rows overlap', () => {
    const [[name, fitted]] = claims;
    for (const changes of [{ classes: 2 }, { classes: [{ name: 1 }] }, { featureNames: [1] }, { fitted: null }]) {
      expect(() => model({ model: name, fitted, ...changes })).toThrow('x is damaged');
    }
    const points = { kind: 'sparse', rows: 2, columns: 1, values: [1], rowStart: [0, 4e9, 1], columnIndex: [0] };
    const votes = [1, 0, 0, 1, 0, 0];
    const neighbours = {
      k: 1,
      byDistance: false,
      classCount: 3,
      points,
      multiplicity: [1, 1],
      votes,
      mean: [0],
      unit: [1],
    };
    expect(() => model({ model: 'k-nearest-neighbours', fitted: neighbours })).toThrow('is damaged');
    const sound = { ...neighbours, points: { ...points, rowStart: [0, 1, 1] } };
    expect(model({ model: 'k-nearest-neighbours', fitted: sound }).classes).toHaveLength(3);
  });
});
