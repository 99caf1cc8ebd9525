import { describe, expect, it } from 'vitest';
import { RowIndex } from '../../src/rows/row-index.js';
import { unseenClass } from '../../src/schema/vocabulary.js';
import { columnsOf } from './arbitrary-rows.js';

type Cells = readonly [part: string, label: string | null, family: string | null, predicted: string];

function columnsWith(cells: readonly Cells[], classes?: readonly string[]) {
  const rows = cells.map(([part, label, family, predicted], i) => ({
    instanceId: `${i}`,
    ident: '',
    part,
    label,
    family,
    predicted,
    probability: 0.5,
    score: 0,
    rank: i,
  }));
  return columnsOf(rows, classes);
}

function actualNames(cells: readonly Cells[], classes?: readonly string[]): (string | undefined)[] {
  const { actual } = columnsWith(cells, classes);
  return [...actual.codes].map((code) => actual.names[code]);
}

describe('true classes', () => {
  it('are the labels of a binary model', () => {
    const cells: Cells[] = [
      ['test', 'malicious', 'worm', 'benign'],
      ['test', null, null, 'benign'],
      ['test', 'benign', 'ham', 'benign'],
    ];
    expect(actualNames(cells)).toEqual(['malicious', undefined, 'benign']);
    expect(new RowIndex(columnsWith(cells)).count({ mistaken: true })).toBe(1);
  });

  const cells: Cells[] = [
    ['train', 'malicious', 'both', 'worm'],
    ['train', 'benign', 'both', 'benign/both'],
    ['test', 'malicious', 'worm', 'worm'],
    ['dataset:x', 'malicious', 'new', 'worm'],
    ['dataset:x', 'benign', 'worm', 'worm'],
    ['dataset:x', null, null, 'worm'],
  ];
  const expected = ['malicious/both', 'benign/both', 'worm', unseenClass, unseenClass, undefined];

  it('are the families of a multiclass model, with the label where it needs it', () => {
    expect(actualNames(cells)).toEqual(expected);
    expect(actualNames(cells, ['benign/both', 'malicious/both', 'worm', unseenClass])).toEqual(expected);
  });

  it('tell mistakes: another class, or none that the model knows', () => {
    const index = new RowIndex(columnsWith(cells));
    expect([...index.select({ mistaken: true }, 'rank', 'ascending')]).toEqual([0, 3, 4]);
    expect([...index.select({ mistaken: false }, 'rank', 'ascending')]).toEqual([1, 2]);
    expect([...index.select({ actual: unseenClass, predicted: 'worm' }, 'rank', 'ascending')]).toEqual([3, 4]);
  });

  it('follow the names of the model where few rows are left', () => {
    const few = cells.slice(2, 4);
    expect(actualNames(few, ['worm', 'ham'])).toEqual(['worm', unseenClass]);
    expect(actualNames(cells.slice(0, 1), ['benign/both', 'malicious/both'])).toEqual(['malicious/both']);
  });
});
