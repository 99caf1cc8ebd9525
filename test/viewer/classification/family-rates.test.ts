import { expect, it } from 'vitest';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import {
  calledAt,
  errorsOf,
  familyRows,
  sortFamilies,
} from '../../../viewer/src/classification/figures/family-rates.js';
import { wilson } from '../../../viewer/src/classification/figures/intervals.js';

const following = {
  positions: 6,
  familiesInAll: 3,
  families: [
    { family: 'worm', label: 'malicious' as const, instances: 10, from: [0, 2, 5], calledMalicious: [10, 7, 1] },
    { family: 'office', label: 'benign' as const, instances: 20, from: [0, 1], calledMalicious: [20, 0] },
  ],
};

const decided: PanelData<'families'> = {
  threshold: 0.5,
  rows: [
    { family: 'worm', label: 'malicious', instances: 10, calledMalicious: 7, rate: wilson(7, 10) },
    { family: 'office', label: 'malicious', instances: 2, calledMalicious: 1, rate: wilson(1, 2) },
    { family: 'office', label: 'benign', instances: 20, calledMalicious: 0, rate: wilson(0, 20) },
  ],
};

it('a family follows its steps', () => {
  expect([0, 1, 2, 3, 4, 5].map((k) => calledAt(following.families[0], k))).toEqual([10, 10, 7, 7, 7, 1]);
});

it('families too small for the table stay as decided, and say so', () => {
  const rows = familyRows(following, decided, 5);
  expect(rows.map(({ family, label, calledMalicious, follows }) => [family, label, calledMalicious, follows])).toEqual([
    ['worm', 'malicious', 1, true],
    ['office', 'benign', 0, true],
    ['office', 'malicious', 1, false],
  ]);
  expect(rows[0].rate).toEqual(wilson(1, 10));
});

it('the worst families come first', () => {
  const rows = familyRows(following, decided, 0);
  expect(sortFamilies(rows, 'worst').map(errorsOf)).toEqual([20, 1, 0]);
  expect(sortFamilies(rows, 'family').map(({ family }) => family)).toEqual(['office', 'office', 'worm']);
});
