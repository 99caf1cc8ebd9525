import { describe, expect, it } from 'vitest';
import { checkAssertions, describeAssertions, parseAssertions } from '../../../src/commands/options/assertions.js';
import { UserError } from '../../../src/errors.js';

const any = (name: string): string => name;

describe('assertions', () => {
  it.each([
    ['test.rocAuc >= 0.9', 0.9, true],
    ['test.rocAuc>=0.91', 0.9, false],
    ['test.rocAuc < 1', 0.9, true],
    ['test.rocAuc > 0.9', 0.9, false],
    ['test.rocAuc <= 9e-1', 0.9, true],
    ['test.rocAuc == 0.9', 0.9, true],
  ])('%s of %d is %s', (text, value, passed) => {
    const assertions = parseAssertions([text], any);
    expect(checkAssertions(assertions, { 'test.rocAuc': value })[0].passed).toBe(passed);
  });

  it('fail on an undefined figure, and say so', () => {
    const assertions = parseAssertions(['test.precision >= 0', 'test.recall >= 0'], any);
    const outcomes = checkAssertions(assertions, { 'test.precision': null });
    expect(outcomes.map(({ passed }) => passed)).toEqual([false, false]);
    expect(describeAssertions(outcomes)).toContain('undefined on this data');
  });

  it('take names with quoted segments and blanks', () => {
    const [assertion] = parseAssertions(['test.family."a >= b".recall >= 0.5'], any);
    expect(assertion).toMatchObject({ comparison: '>=', bound: 0.5 });
  });

  it.each(['test.rocAuc', 'test.rocAuc = 1', '>= 1', 'test.rocAuc >= x', 'test.rocAuc >= Infinity'])(
    'refuse %s',
    (text) => {
      expect(() => parseAssertions([text], any)).toThrow(UserError);
    },
  );

  it('refuse a name that can never be produced', () => {
    expect(() => parseAssertions(['test.rocauc >= 1'], () => null)).toThrow(
      /can never produce the figure "test.rocauc"/,
    );
  });
});
