import { parseCell } from '../numbers/cell-text.js';
import type { NamedColumn } from './column-names.js';
import { type DateForm, dateForms } from './date-forms.js';
import { keptText } from './source-rows.js';

/** So many different values make a column a candidate for one-hot columns without being asked for. */
export const guessedValues = 50;
/** So many are counted, to be told. */
const countedValues = 1000;
/** So many at most when asked for. */
export const forcedValues = 10_000;

/** What stands for "no value" in the exports of logs, besides what every feature file may hold. */
const missingWords = new Set(['-', '--', 'n/a', '#n/a', 'none', 'nil', '(empty)', '(null)', 'undefined']);

/** 1 malicious, 0 benign, 2 unknown: an index into counts by label. */
export type LabelIndex = 0 | 1 | 2;

/** How often a value occurs, by label. */
export type ValueCounts = [benign: number, malicious: number, unlabelled: number];

/** A cell's number: NaN where it is missing, undefined where it is text. */
export function numberOf(cell: string, decimalComma: boolean): number | undefined {
  // Whole numbers of few digits are most cells of most tables.
  const digits = smallWholeNumber(cell);
  if (digits >= 0) return digits;
  if (isMissing(cell)) return Number.NaN;
  return parseCell(decimalComma ? pointForComma(cell) : cell);
}

/** Whether a trimmed cell says that there is no value. */
export function isMissing(cell: string): boolean {
  if (cell === '') return true;
  if (cell.length > 9) return false;
  const value = cell.length <= 4 ? parseCell(cell) : undefined;
  return value === undefined ? missingWords.has(cell.toLowerCase()) : Number.isNaN(value);
}

/** `1,5` as `1.5`. */
export function pointForComma(cell: string): string {
  return cell.includes('.') ? cell : cell.replace(',', '.');
}

function smallWholeNumber(cell: string): number {
  const { length } = cell;
  if (length === 0 || length > 9) return -1;
  let value = 0;
  for (let k = 0; k < length; k++) {
    const digit = cell.charCodeAt(k) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** What the cells of a column are like, gathered row by row; memory does not grow with the rows. */
export class ColumnProfile {
  /** Cells without a value, by label. */
  readonly missing: ValueCounts = [0, 0, 0];
  readonly blank: ValueCounts = [0, 0, 0];
  /** Cells with a value, by label. */
  readonly filled: ValueCounts = [0, 0, 0];
  /** Cells that are numbers. */
  numbers = 0;
  /** Cells that are neither a number nor missing. */
  texts = 0;
  firstText: { readonly line: number; readonly text: string } | undefined;
  readonly min: ValueCounts = [Infinity, Infinity, Infinity];
  readonly max: ValueCounts = [-Infinity, -Infinity, -Infinity];
  whole = true;
  /** Each number is one more than the one before. */
  counts = true;
  /** Each number is greater than the one before. */
  rises = true;
  /** Distinct texts (blanks apart) as far as there are few; undefined once there are more than the limit. */
  values: Map<string, ValueCounts> | undefined = new Map();
  /** What the limit was, once `values` is undefined. */
  moreValuesThan = 0;
  /** Forms that every date so far has had. */
  dates: readonly DateForm[] = dateForms;
  /** Cells that were looked at as dates. */
  dated = 0;
  firstUndated: { readonly line: number; readonly text: string } | undefined;
  private readonly valueLimit: number;
  private readonly numberLimit: number;
  private last = Number.NaN;

  /** @param asOneHot each value will be a feature, be it text or number */
  constructor(
    asOneHot: boolean,
    private readonly decimalComma: boolean,
  ) {
    this.valueLimit = asOneHot ? forcedValues : countedValues;
    this.numberLimit = asOneHot ? forcedValues : guessedValues;
  }

  /** Takes the trimmed cell of a row. */
  add(cell: string, label: LabelIndex, line: number): void {
    if (cell === '') {
      this.blank[label]++;
      this.missing[label]++;
      this.counts = false;
      return;
    }
    if (this.values) this.addValue(this.values, cell, label);
    const number = numberOf(cell, this.decimalComma);
    if (number === undefined) {
      if (this.texts++ === 0) this.firstText = { line, text: keptText(cell) };
    } else if (Number.isNaN(number)) {
      this.missing[label]++;
      this.counts = false;
      return;
    } else this.addNumber(number, label);
    this.filled[label]++;
    if (this.dates.length > 0) this.addDate(cell, line);
  }

  /** The least number of any label. */
  get least(): number {
    return Math.min(...this.min);
  }

  get greatest(): number {
    return Math.max(...this.max);
  }

  get missingCells(): number {
    return this.missing[0] + this.missing[1] + this.missing[2];
  }

  private addValue(values: Map<string, ValueCounts>, cell: string, label: LabelIndex): void {
    let counts = values.get(cell);
    if (!counts) {
      // How many numbers there are is told by none, and they are the most frequent cells.
      const limit = this.numbers > this.texts ? this.numberLimit : this.valueLimit;
      if (values.size >= limit) {
        this.moreValuesThan = values.size;
        this.values = undefined;
        return;
      }
      counts = [0, 0, 0];
      values.set(keptText(cell), counts);
    }
    counts[label]++;
  }

  private addNumber(value: number, label: LabelIndex): void {
    this.numbers++;
    if (value < this.min[label]) this.min[label] = value;
    if (value > this.max[label]) this.max[label] = value;
    if (this.whole && !Number.isInteger(value)) this.whole = false;
    if (this.numbers > 1) {
      if (this.counts && value !== this.last + 1) this.counts = false;
      if (this.rises && !(value > this.last)) this.rises = false;
    }
    this.last = value;
  }

  private addDate(cell: string, line: number): void {
    const left = this.dates.every((form) => !Number.isNaN(form.parse(cell)))
      ? this.dates
      : this.dates.filter((form) => !Number.isNaN(form.parse(cell)));
    if (left.length === 0) this.firstUndated = { line, text: keptText(cell) };
    else this.dated++;
    this.dates = left;
  }
}

/** A table read once: what is in each of its columns. */
export interface ProfiledTable {
  readonly columns: readonly NamedColumn[];
  readonly profiles: readonly ColumnProfile[];
  readonly rows: number;
  readonly shown: string;
}
