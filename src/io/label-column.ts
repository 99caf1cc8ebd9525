import type { LabelColumn } from '../ml/matrix/dataset.js';
import { CodedColumnBuilder, selectCoded } from './coded-column.js';
import type { FaultList } from './faults.js';
import { labelForms, parseLabel } from './label-words.js';
import { keyLengthProblem } from './names.js';
import { trimmed } from './tables/trimmed.js';

/** Collects the labels of instances by row. */
export class LabelColumnBuilder {
  private readonly labels: number[];
  private readonly families: CodedColumnBuilder;

  /** With `rows` rows that have no label yet; further ones are added by setting them in order. */
  constructor(
    private readonly file: string,
    private readonly faults: FaultList,
    rows = 0,
  ) {
    this.labels = new Array<number>(rows).fill(-1);
    this.families = new CodedColumnBuilder(rows);
  }

  /** Takes a label word and a family (blank: none) as typed; wrong ones are faults of `line`. */
  set(row: number, word: string, familyCell: string, line: number): void {
    const label = parseLabel(word);
    const family = trimmed(familyCell);
    const fault = (column: string, found: string, expected: string): void =>
      this.faults.add({ file: this.file, line, column, found, expected });
    if (label === undefined) fault('label', `"${word.trim()}"`, labelForms);
    else if (label === -1 && family !== '') fault('label', `no label, but the family "${family}"`, labelForms);
    const problem = keyLengthProblem(family);
    if (problem) fault('family', problem.found, problem.expected);
    this.labels[row] = label ?? -1;
    this.families.set(row, family);
  }

  finish(rows = this.labels.length): LabelColumn {
    const { codes, words } = this.families.finish();
    const label = new Int8Array(rows).fill(-1);
    label.set(this.labels.length > rows ? this.labels.slice(0, rows) : this.labels);
    return { label, family: codes, families: words };
  }
}

/** The labels of rows `rows` alone, without the families that no longer occur. */
export function selectLabels(labels: LabelColumn, rows: Uint32Array): LabelColumn {
  const { codes, words } = selectCoded({ codes: labels.family, words: labels.families }, rows);
  return { label: Int8Array.from(rows, (row) => labels.label[row]), family: codes, families: words };
}
