import { grouped, printable, UserError } from '../../errors.js';
import { holdsClusters } from '../../io/results/cluster-csv.js';
import type { PredictionTable } from '../../schema/prediction-table.js';

/** How many row-level results go into the database; `auto` is all of them up to 100,000. */
export type DatabaseRows = 'auto' | 'all' | 'none' | number;

const allUpTo = 100_000;
const highestKept = 10_000;

/** Parses the setting that `source` (`--db-rows`, a variable) gives; throws UserError. */
export function parseDatabaseRows(text: string, source: string): DatabaseRows {
  if (text === 'all' || text === 'none' || text === 'auto') return text;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UserError(`${source}: found "${printable(text)}", expected all, none or a whole number`);
}

/** Which rows to store: `rows` are their indices in ascending order, absent for all. */
export interface RowSelection {
  readonly rows?: Uint32Array;
  /** Why some are left out, in plain words; absent where none is. */
  readonly note?: string;
}

/**
 * The rows that go into the database: by default all, or of many the 10,000 highest scores and every error and alert. Of
 * a projection, which scores nothing, rows at equal distances.
 */
export function selectRows(table: PredictionTable, wanted: DatabaseRows): RowSelection {
  if (wanted === 'all' || (wanted === 'auto' && table.rows <= allUpTo)) return {};
  if (typeof wanted === 'number' && wanted >= table.rows) return {};
  const keep = new Uint8Array(table.rows);
  const most = wanted === 'none' ? 0 : wanted === 'auto' ? highestKept : wanted;
  if (table.coordinates) markSpread(most, keep);
  else if (most > 0) markHighest(table, most, keep);
  if (wanted === 'auto' && scoresSomething(table)) markErrorsAndAlerts(table, keep);
  let count = 0;
  for (const kept of keep) count += kept;
  if (count === table.rows) return {};
  const rows = new Uint32Array(count);
  for (let i = 0, k = 0; i < table.rows; i++) if (keep[i]) rows[k++] = i;
  return { rows, note: note(wanted, count, table) };
}

function note(wanted: DatabaseRows, stored: number, table: PredictionTable): string {
  const clusters = holdsClusters(table) ? 'rows farthest from their clusters' : 'highest scores';
  const highest = table.coordinates ? 'rows spread evenly over all' : clusters;
  const more = scoresSomething(table) ? ' and every error and alert' : '';
  const which = {
    auto: `the ${grouped(highestKept)} ${highest}${more}`,
    none: 'none, as --db-rows asks',
    all: 'all',
  };
  const rule = typeof wanted === 'number' ? `the ${highest}, as --db-rows asks` : which[wanted];
  return `the database holds ${grouped(stored)} of ${grouped(table.rows)} row-level results (${rule}); rows.bin holds them all`;
}

const scoresSomething = (table: PredictionTable): boolean => !holdsClusters(table) && !table.coordinates;

/** `count` rows at equal distances. */
function markSpread(count: number, keep: Uint8Array): void {
  for (let k = 0; k < count; k++) keep[Math.floor((k * keep.length) / count)] = 1;
}

/** The `count` highest scores; equal ones by their place, a row without a score last. */
function markHighest({ rows, score }: PredictionTable, count: number, keep: Uint8Array): void {
  const sorted = Float64Array.from(score, (value) => (Number.isNaN(value) ? -Infinity : value)).sort();
  const limit = sorted[Math.max(0, rows - count)];
  let ties = count;
  for (const value of sorted.subarray(Math.max(0, rows - count))) if (value > limit) ties--;
  for (let i = 0; i < rows; i++) {
    const value = Number.isNaN(score[i]) ? -Infinity : score[i];
    if (value > limit) keep[i] = 1;
    else if (value === limit && ties > 0) {
      keep[i] = 1;
      ties--;
    }
  }
}

/** Rows predicted malicious (in a multiclass model: a family of malicious instances), and rows predicted wrongly. */
function markErrorsAndAlerts(table: PredictionTable, keep: Uint8Array): void {
  const { label, family, predicted } = table;
  const maliciousLabel = label.names.indexOf('malicious');
  const binary = predicted.names.every((name) => name === 'malicious' || name === 'benign');
  const alerting = new Set(['malicious']);
  if (!binary) {
    for (let i = 0; i < table.rows; i++) {
      if (label.codes[i] === maliciousLabel && maliciousLabel >= 0 && family.codes[i] >= 0) {
        alerting.add(family.names[family.codes[i]]);
      }
    }
  }
  const isAlert = predicted.names.map((name) => alerting.has(name));
  const truth = binary ? label : family;
  // Codes of the truth in the numbering of the predictions; a class never predicted is always an error.
  const expected = truth.names.map((name) => predicted.names.indexOf(name));
  for (let i = 0; i < table.rows; i++) {
    const code = predicted.codes[i];
    const wrong = truth.codes[i] >= 0 && expected[truth.codes[i]] !== code;
    if (wrong || isAlert[code]) keep[i] = 1;
  }
}
