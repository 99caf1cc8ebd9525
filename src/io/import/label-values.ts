import { printable, UserError } from '../../errors.js';
import { labelForms, parseLabel } from '../label-words.js';
import type { LabelIndex } from './column-profile.js';
import { keptText } from './source-rows.js';

const countedValues = 1000;
const listedValues = 20;
/** Words that a label of something bad often has, to make the example of a hint a likely one. */
const likelyMalicious = /mal|attack|bad|phish|spam|bot|suspicious|evil|anomal|intrusion|fraud|black|positive|threat/i;
const likelyBenign = /false|benign|normal|clean|legit|harmless|^(no|not|non)\b/i;

/** What the cells of the label column mean, and how often each occurs. */
export class LabelValues {
  readonly counts = new Map<string, number>();
  private readonly malicious: ReadonlySet<string>;
  private readonly benign: ReadonlySet<string>;
  private unreadable = 0;

  /**
   * @param malicious values that mean malicious, each text one value or several separated by commas; empty: the words
   *   that every labels file may hold are read
   * @param benign likewise; where only one of the two is given, all other values mean the other label
   */
  constructor(
    private readonly maliciousTexts: readonly string[],
    private readonly benignTexts: readonly string[],
  ) {
    this.malicious = candidates(maliciousTexts);
    this.benign = candidates(benignTexts);
  }

  /** The label of a trimmed cell, which is counted. */
  take(cell: string): LabelIndex {
    if (cell === '') return 2;
    const label = this.labelOf(cell);
    const before = this.counts.get(cell);
    if (before !== undefined) this.counts.set(cell, before + 1);
    else if (this.counts.size < countedValues) this.counts.set(keptText(cell), 1);
    if (label === undefined) this.unreadable++;
    return label ?? 2;
  }

  /** The label of a trimmed cell; undefined for a word that says none. */
  labelOf(cell: string): LabelIndex | undefined {
    if (cell === '') return 2;
    if (this.malicious.size === 0 && this.benign.size === 0) {
      const label = parseLabel(cell);
      return label === -1 ? 2 : label;
    }
    if (this.malicious.has(cell)) return 1;
    if (this.benign.has(cell)) return 0;
    if (this.malicious.size > 0 && this.benign.size > 0) return 2;
    return this.malicious.size > 0 ? 0 : 1;
  }

  /** Throws UserError for values that say nothing, and for an option's value that does not occur (a typing error). */
  check(column: string): void {
    if (this.unreadable > 0) throw this.unreadableError(column);
    this.checkOption('--malicious', this.maliciousTexts, column);
    this.checkOption('--benign', this.benignTexts, column);
    const twice = [...this.malicious].find((value) => this.benign.has(value));
    if (twice !== undefined) {
      throw new UserError(`"${printable(twice)}" cannot be named by both --malicious and --benign`);
    }
  }

  private unreadableError(column: string): UserError {
    const values = this.frequent();
    const example =
      values.find(([value]) => likelyMalicious.test(value) && !likelyBenign.test(value)) ?? values[values.length - 1];
    return new UserError(
      `the labels of column "${printable(column)}" are not ${labelForms}; found ${this.listed(values)}`,
      { hint: `say which of them mean malicious, such as: --malicious ${shellWord(example[0])}` },
    );
  }

  private checkOption(option: string, texts: readonly string[], column: string): void {
    // Beyond the limit a value may occur without being known.
    if (this.counts.size >= countedValues) return;
    for (const text of texts) {
      const values = this.counts.has(text.trim()) ? [] : parts(text);
      const absent = values.find((value) => !this.counts.has(value));
      if (absent === undefined) continue;
      throw new UserError(`${option}: no row of column "${printable(column)}" says "${printable(absent)}"`, {
        hint: `found ${this.listed(this.frequent())}`,
      });
    }
  }

  private frequent(): [string, number][] {
    return [...this.counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  private listed(values: readonly [string, number][]): string {
    const shown = values.slice(0, listedValues).map(([value, count]) => `"${printable(value, 40)}" (${count} rows)`);
    return `${shown.join(', ')}${values.length > shown.length ? ` and ${values.length - shown.length} more` : ''}`;
  }
}

function candidates(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => [text.trim(), ...parts(text)]));
}

function parts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A value as one word of a shell's command line. */
export function shellWord(text: string): string {
  const safe = printable(text, 100);
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
