import { describe, expect, it } from 'vitest';
import type { QueryFeature } from '../../../src/labelling/labelling-session.js';
import { type Line, lineCells } from '../../../src/terminal/labelling/lines.js';
import {
  deviationBar,
  deviationWords,
  featureTable,
  percentileWords,
  valueWords,
} from '../../../src/terminal/labelling/pages/feature-table.js';

const textOf = (line: Line): string => line.map(({ text }) => text).join('');
const bar = (z: number | null): string => textOf(deviationBar(z, 'plain'));

const features: QueryFeature[] = [
  {
    name: 'src_bytes',
    description: 'bytes from the source',
    value: 1032,
    standings: [
      { group: 'all', mean: 5, zScore: 1, percentile: 60 },
      { group: 'benign', mean: 0, zScore: null, percentile: 100 },
      { group: 'malicious', mean: 900, zScore: -0.4, percentile: 0.2 },
      { group: 'family', mean: 1000, zScore: 12.3, percentile: 99.6 },
    ],
  },
  { name: 'count', description: null, value: null, standings: [] },
];

describe('the table of features', () => {
  it('shows value, bars, deviations and percentiles in each group', () => {
    const { head, row } = featureTable(features, 'smurf', 160, true);
    expect(textOf(head).replace(/ +/g, ' ')).toBe('feature value benign malicious smurf description');
    const drawn = textOf(row(features[0])).replace(/ +/g, ' ');
    expect(drawn).toBe(
      'src_bytes 1032 │███» all 0 p100 ▌│ -0.4 p<1 │███» +12.3 p>99 bytes from the source'.replace('▌│', '▐│'),
    );
    expect(textOf(row(features[1])).replace(/ +/g, ' ').trim()).toBe('count missing – – –');
  });

  it('loses bars and then percentiles where it is narrow', () => {
    const at = (width: number): string => textOf(featureTable(features, 'smurf', width, true).row(features[0]));
    expect(at(120).match(/│/g)).toHaveLength(3);
    expect(at(80).match(/│/g)).toHaveLength(1);
    expect(at(70)).toMatch(/p>99/);
    expect(at(60)).not.toMatch(/[│p]/);
    for (let width = 40; width < 200; width++) {
      const { head, row } = featureTable(features, 'a family with a long name', width, true);
      for (const line of [head, ...features.map(row)])
        expect(lineCells(line), String(width)).toBeLessThanOrEqual(width);
    }
  });

  it('compares with all where there is nothing else', () => {
    const [first] = features;
    const cold = [{ ...first, standings: first.standings.filter(({ group }) => group === 'all') }];
    expect(textOf(featureTable(cold, null, 80, true).head)).toMatch(/ all$/);
  });

  it('draws a column for each deviation', () => {
    expect([0, 0.5, 1, 2.4, 4, 4.1, -1.5, -9].map(bar)).toEqual([
      '    │    ',
      '    │▌   ',
      '    │█   ',
      '    │██▌ ',
      '    │████',
      '    │███»',
      '  ▐█│    ',
      '«███│    ',
    ]);
    expect(bar(null)).toBe(' '.repeat(9));
  });

  it('writes figures short, and nearly all is not all', () => {
    expect([0, 5.25, -5.25, 99.96, 1e6, -1e6, null].map((z) => deviationWords(z))).toEqual([
      '0.0',
      '+5.3',
      '-5.3',
      '+100',
      '>+999',
      '<-999',
      '–',
    ]);
    expect(deviationWords(Infinity, 0.123456)).toBe('const');
    expect([0, 0.2, 42.4, 99.3, 100, undefined].map(percentileWords)).toEqual(['p0', 'p<1', 'p42', 'p>99', 'p100', '']);
    expect([0, 1032, 0.1 + 0.2, 123456789012, -1.5e-7, null].map(valueWords)).toEqual([
      '0',
      '1032',
      '0.3',
      '1.23e+11',
      '-1.5e-7',
      'missing',
    ]);
  });
});
