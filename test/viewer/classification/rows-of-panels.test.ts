import { expect, it } from 'vitest';
import { classRows } from '../../../viewer/src/classification/figures/class-rows.js';
import { importanceRows } from '../../../viewer/src/classification/figures/importance-rows.js';
import { partChoices, partTitle } from '../../../viewer/src/classification/parts.js';

const importance = {
  kind: 'coefficient' as const,
  features: ['Beta', 'alpha', 'gamma', 'delta'],
  series: [{ name: 'malicious', values: [0.5, -2, 0, 1] }],
};

it('features are ordered and searched, and keep their rank among all', () => {
  const names = (order: Parameters<typeof importanceRows>[2], text = ''): string[] =>
    importanceRows(importance, importance.series[0], order, text).map(({ name, rank }) => `${rank} ${name}`);
  expect(names('size')).toEqual(['1 alpha', '2 delta', '3 Beta', '4 gamma']);
  expect(names('highest')).toEqual(['2 delta', '3 Beta', '4 gamma', '1 alpha']);
  expect(names('lowest')).toEqual(['1 alpha', '4 gamma', '3 Beta', '2 delta']);
  expect(names('name')).toEqual(['3 Beta', '1 alpha', '2 delta', '4 gamma']);
  expect(names('dataset', 'ET')).toEqual(['3 Beta']);
});

it('features of a shortened list keep their place in the dataset', () => {
  const shortened = { ...importance, columns: [3, 10, 11, 40] };
  const rows = importanceRows(shortened, importance.series[0], 'size', '');
  expect(rows.map(({ index }) => index)).toEqual([10, 40, 3, 11]);
});

it('classes have the figures of their row and column, and those that do not occur are left out', () => {
  const matrix = [
    [8, 2, 0, 0],
    [1, 3, 0, 0],
    [0, 0, 0, 0],
    [0, 1, 0, 0],
  ];
  const rows = classRows({ threshold: null, classes: ['a', 'b', 'never', 'missed'], matrix });
  expect(rows.map(({ name }) => name)).toEqual(['a', 'b', 'missed']);
  expect(rows[0]).toMatchObject({ instances: 10, right: 8, precision: 8 / 9, recall: 0.8, f1: 16 / 19 });
  expect(rows[2]).toMatchObject({ instances: 1, right: 0, precision: null, recall: 0, f1: 0 });
});

it('what was not learned from comes first, folds last', () => {
  const names = ['train', 'fold.0', 'fold.10', 'cv', 'unlabeled', 'dataset:b', 'dataset:a', 'all', 'test'];
  const panels = names.map((part) => ({ kind: 'histogram' as const, id: part, title: part, part, data: null }));
  const choices = partChoices({ panels, headline: { 'fold.10.instances': 4, 'dataset:b.instances': 3 } });
  expect(choices.map(({ part }) => part)).toEqual([
    'test',
    'all',
    'dataset:b',
    'dataset:a',
    'cv',
    'unlabeled',
    'train',
    'fold.0',
    'fold.10',
  ]);
  expect(choices.find(({ part }) => part === 'fold.10')).toMatchObject({ title: 'Fold 10', instances: 4 });
  expect(choices.find(({ part }) => part === 'dataset:b')).toMatchObject({ title: 'b', instances: 3 });
  expect(partTitle('something of next year')).toBe('something of next year');
});
