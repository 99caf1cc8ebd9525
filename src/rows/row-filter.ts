import { UserError } from '../errors.js';
import type { Outcome, RowFilter } from '../schema/api/rows.js';
import type { CodedColumn } from '../schema/prediction-table.js';
import { datasetPart, parts } from '../schema/vocabulary.js';
import { keepInArea } from './hexagons/area.js';
import type { RowColumns } from './row-columns.js';

/** Whether a part of the rows belongs to the part asked for: `cv` is every fold, `all` every validation dataset. */
export function partMatches(name: string, asked: string): boolean {
  if (name === asked) return true;
  if (asked === parts.cv) return /^fold\.\d+$/.test(name);
  return asked === parts.all && name.startsWith(datasetPart(''));
}

/**
 * Marks the rows that a filter leaves (1) and the others (0); every field that is there must hold. A row is called
 * malicious iff its value > threshold; NaN never is, and lies between no bounds. A row without a label has no outcome
 * and no true class. Throws UserError where `called` or `outcome` come without a threshold, or `area` is none (see
 * keepInArea). O(n) for each field.
 * @param textMarks rows that contain `filter.text`, which is not looked at here
 */
export function markRows(columns: RowColumns, filter: RowFilter, textMarks?: Uint8Array): Uint8Array {
  const marks = textMarks ? textMarks.slice() : new Uint8Array(columns.rows).fill(1);
  const { part, label, family, predicted, actual, mistaken, called, outcome, rejected, area } = filter;
  if (part !== undefined) keepNames(marks, columns.part, (name) => partMatches(name, part));
  if (label === 'none') keepUnlabelled(marks, columns.label);
  else if (label !== undefined) keepNames(marks, columns.label, (name) => name === label);
  if (family !== undefined) keepNames(marks, columns.family, (name) => name === family);
  if (predicted !== undefined) keepNames(marks, columns.predicted, (name) => name === predicted);
  if (actual !== undefined) keepNames(marks, columns.actual, (name) => name === actual);
  if (rejected !== undefined) keepNames(marks, columns.rejected ?? noWords(columns.rows), (name) => name === rejected);
  if (mistaken !== undefined) keepMistaken(marks, columns, mistaken);
  if (called !== undefined) keepCalled(marks, columns, called === 'malicious', thresholdOf(filter));
  if (outcome !== undefined) keepOutcome(marks, columns, outcome, thresholdOf(filter));
  keepBetween(marks, columns.value, filter);
  if (area !== undefined) keepInArea(marks, columns, area);
  return marks;
}

function thresholdOf({ threshold }: RowFilter): number {
  if (threshold === undefined) throw new UserError('rows by how they are called: at which threshold?');
  return threshold;
}

function keepNames(marks: Uint8Array, { names, codes }: CodedColumn, keep: (name: string) => boolean): void {
  // The place before the first name is that of an empty cell, -1.
  const table = new Uint8Array(names.length + 1);
  names.forEach((name, code) => {
    table[code + 1] = keep(name) ? 1 : 0;
  });
  for (let i = 0; i < marks.length; i++) marks[i] &= table[codes[i] + 1];
}

/** A column that says nothing of any row. */
const noWords = (rows: number): CodedColumn => ({ names: [], codes: new Int32Array(rows).fill(-1) });

function keepUnlabelled(marks: Uint8Array, { codes }: CodedColumn): void {
  for (let i = 0; i < marks.length; i++) if (codes[i] >= 0) marks[i] = 0;
}

function keepMistaken(marks: Uint8Array, { actual, predicted }: RowColumns, mistaken: boolean): void {
  // The code of the predicted class among the actual ones; names that are not there are never right.
  const right = Int32Array.from(predicted.names, (name) => actual.names.indexOf(name));
  for (let i = 0; i < marks.length; i++) {
    const known = actual.codes[i] >= 0 && predicted.codes[i] >= 0;
    if (!known || (right[predicted.codes[i]] !== actual.codes[i]) !== mistaken) marks[i] = 0;
  }
}

function keepCalled(marks: Uint8Array, { value }: RowColumns, malicious: boolean, threshold: number): void {
  for (let i = 0; i < marks.length; i++) marks[i] &= value[i] > threshold === malicious ? 1 : 0;
}

/** The calls that an outcome wants for an instance that is malicious, and for one that is benign. */
const wanted: Record<Outcome, { malicious: readonly boolean[]; benign: readonly boolean[] }> = {
  'true-positive': { malicious: [true], benign: [] },
  'false-positive': { malicious: [], benign: [true] },
  'false-negative': { malicious: [false], benign: [] },
  'true-negative': { malicious: [], benign: [false] },
  error: { malicious: [false], benign: [true] },
};

function keepOutcome(marks: Uint8Array, { label, value }: RowColumns, outcome: Outcome, threshold: number): void {
  // By code of the label, that of no label (-1) first, and call.
  const kept = new Uint8Array(2 * label.names.length + 2);
  label.names.forEach((name, code) => {
    const calls = wanted[outcome][name === 'malicious' ? 'malicious' : 'benign'];
    for (const called of calls) kept[2 * code + 2 + (called ? 1 : 0)] = 1;
  });
  for (let i = 0; i < marks.length; i++) marks[i] &= kept[2 * label.codes[i] + 2 + (value[i] > threshold ? 1 : 0)];
}

function keepBetween(marks: Uint8Array, value: Float64Array, filter: RowFilter): void {
  const { minimum, maximum, includeMaximum } = filter;
  if (minimum !== undefined) {
    for (let i = 0; i < marks.length; i++) marks[i] &= value[i] >= minimum ? 1 : 0;
  }
  if (maximum === undefined) return;
  if (includeMaximum) for (let i = 0; i < marks.length; i++) marks[i] &= value[i] <= maximum ? 1 : 0;
  else for (let i = 0; i < marks.length; i++) marks[i] &= value[i] < maximum ? 1 : 0;
}
