import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import {
  defaultGrid,
  defaultParams,
  defineParams,
  describeRange,
  expandGrid,
  parseParams,
} from '../../src/ml/params.js';

const specs = defineParams({
  nEstimators: { type: 'number', default: 100, min: 1, integer: true, help: '' },
  maxDepth: {
    type: 'number-or-word',
    words: ['none'],
    default: 'none',
    min: 1,
    integer: true,
    grid: [5, 'none'],
    help: '',
  },
  penalty: { type: 'choice', words: ['l1', 'l2'], default: 'l2', grid: ['l1', 'l2'], help: '' },
  C: { type: 'number', default: 1, min: 0, open: true, help: '' },
  bootstrap: { type: 'boolean', default: true, help: '' },
});

describe('parameters as data', () => {
  it.each(['n_estimators=10', 'n-estimators=10', 'nEstimators=10', 'NESTIMATORS=10'])('takes %s', (setting) => {
    expect(parseParams(specs, [setting], 'm')).toEqual(new Map([['nEstimators', [10]]]));
  });

  it('lists values, each once, words in any case', () => {
    expect(parseParams(specs, ['max_depth=3,None,3', 'bootstrap=TRUE'], 'm')).toEqual(
      new Map<string, unknown>([
        ['maxDepth', [3, 'none']],
        ['bootstrap', [true]],
      ]),
    );
  });

  it.each([
    ['C=0', 'greater than 0'],
    ['C=abc', 'greater than 0'],
    ['C=', 'greater than 0'],
    ['nEstimators=1.5', 'a whole number of at least 1'],
    ['penalty=l3', 'one of l1, l2'],
    ['bootstrap=1', 'true or false'],
    ['depth=3', 'its parameters: nEstimators, maxDepth'],
    ['C', ''],
  ])('refuses %s, saying what is possible', (setting, hint) => {
    try {
      parseParams(specs, [setting], 'm');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).hint).toContain(hint);
    }
  });

  it('refuses a parameter given twice', () => {
    expect(() => parseParams(specs, ['C=1', 'C=2'], 'm')).toThrow(/given twice/);
  });

  it('expands a grid over the defaults, the last parameter fastest', () => {
    const points = expandGrid(specs, parseParams(specs, ['C=1,2', 'penalty=l1,l2'], 'm'));
    expect(points.map(({ penalty, C }) => [penalty, C])).toEqual([
      ['l1', 1],
      ['l1', 2],
      ['l2', 1],
      ['l2', 2],
    ]);
    expect(points[0]).toMatchObject({ nEstimators: 100, maxDepth: 'none', bootstrap: true });
  });

  it('has the default grid and the single defaults', () => {
    expect(expandGrid(specs, defaultGrid(specs))).toHaveLength(4);
    expect(defaultParams(specs)).toEqual({ nEstimators: 100, maxDepth: 'none', penalty: 'l2', C: 1, bootstrap: true });
  });

  it('says a range in words', () => {
    expect(describeRange({ min: 0, max: 1 })).toBe('a number from 0 to 1');
    expect(describeRange({ min: 0, max: 1, open: true })).toContain('both excluded');
    expect(describeRange({ max: 3, integer: true })).toBe('a whole number of at most 3');
    expect(describeRange({})).toBe('a number');
  });
});
