import { printable, UserError } from '../../errors.js';
import { undefinedFigure } from '../../terminal/number-format.js';

const comparisons = {
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
  '==': (a: number, b: number) => a === b,
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
} as const;

/** Operators of other languages, and what to write. */
const slips: Readonly<Record<string, string>> = {
  '=>': 'write >= for "at least"',
  '=<': 'write <= for "at most"',
  '=': 'write == for "exactly"',
  '!=': 'there is no "different from"',
};

/** `NAME >= NUMBER`, to be checked against the headline of a result. */
export interface Assertion {
  readonly text: string;
  readonly name: string;
  readonly comparison: keyof typeof comparisons;
  readonly bound: number;
}

/**
 * Parses the expressions of --assert; `resolve` gives the name a figure is kept under, null for one that the command can
 * never produce. Throws UserError for one that is malformed and for a name that the command can
 * never produce: a typing error must not look like a failed model.
 */
export function parseAssertions(texts: readonly string[], resolve: (name: string) => string | null): Assertion[] {
  return texts.map((text) => {
    const match = /^\s*(.+?)\s*(>=|<=|==|>|<)\s*(\S+)\s*$/.exec(text);
    const bound = match ? Number(match[3]) : Number.NaN;
    const unquoted = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    const slip = Object.keys(slips).find((typed) => new RegExp(`[^<>=!]${typed}[^<>=]`).test(unquoted));
    if (!match || !Number.isFinite(bound) || slip !== undefined) {
      const form = "NAME >= NUMBER (or <=, >, <, ==), such as --assert 'test.rocAuc >= 0.95'";
      throw new UserError(`--assert '${printable(text)}' is malformed`, {
        hint: slip === undefined ? `expected ${form}` : `${slips[slip]}; expected ${form}`,
      });
    }
    const name = resolve(match[1]);
    if (name === null) {
      throw new UserError(`--assert '${text}': this run can never produce the figure "${match[1]}"`, {
        hint: 'the names are listed in docs/classification.md; they depend on --validation',
      });
    }
    return { text: text.trim(), name, comparison: match[2] as keyof typeof comparisons, bound };
  });
}

export interface AssertionOutcome {
  readonly assertion: Assertion;
  readonly value: number | null;
  readonly passed: boolean;
}

/** Checks assertions against figures; an undefined (null or absent) figure fails. */
export function checkAssertions(
  assertions: readonly Assertion[],
  figures: Readonly<Record<string, number | null>>,
): AssertionOutcome[] {
  return assertions.map((assertion) => {
    const value = figures[assertion.name] ?? null;
    const passed = value !== null && comparisons[assertion.comparison](value, assertion.bound);
    return { assertion, value, passed };
  });
}

/** One line for each assertion. */
export function describeAssertions(outcomes: readonly AssertionOutcome[]): string {
  return outcomes
    .map(({ assertion, value, passed }) => {
      return `${passed ? 'passed' : 'FAILED'}: ${assertion.text} (it is ${value ?? `${undefinedFigure}, undefined on this data`})\n`;
    })
    .join('');
}
