import { counted } from '../../errors.js';
import type { FeatureType } from '../../ml/matrix/dataset.js';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import type { FaultList } from '../faults.js';
import type { InstanceIds } from '../instance-ids.js';
import { peekCsv, readCsvFeatures } from './csv-features.js';
import { FeatureCollector } from './feature-collector.js';
import type { FeatureFile } from './feature-file.js';
import { readLibsvmFeatures } from './libsvm-features.js';
import { type FeatureDescription, readDescription } from './read-description.js';
import { byDensity, type ColumnSummary, summariseColumns } from './representation.js';
import { RowJoin } from './row-join.js';

/** The features of a dataset's instances, in the order of idents.csv, files side by side. */
export interface FeatureTable {
  readonly X: FeatureMatrix;
  /** As the headers have them; what a filter file may name besides `names`. */
  readonly ids: readonly string[];
  /** From the descriptions, else the ids. */
  readonly names: readonly string[];
  /** As declared, else binary where all values are 0 or 1. */
  readonly types: readonly FeatureType[];
  readonly summary: ColumnSummary;
}

/** What is known of a file before its rows are read. */
export interface FeatureHead {
  readonly file: FeatureFile;
  /** Undefined for libsvm text without a description. */
  readonly ids: readonly string[] | undefined;
  readonly density: number;
  readonly described?: ReadonlyMap<string, FeatureDescription>;
}

/**
 * Reads feature files and joins them by instance_id. `place` gives the row of the matrix (of `rows` rows) for each
 * instance, -1 for one that is not wanted. Undefined if there are faults; throws UserError where the features would take
 * more than `largestBytes` of memory. Cost: one pass over the files.
 */
export async function readFeatures(
  files: readonly FeatureFile[],
  ids: InstanceIds,
  place: Int32Array,
  rows: number,
  faults: FaultList,
  largestBytes?: number,
): Promise<FeatureTable | undefined> {
  const faultsBefore = faults.count;
  const heads = await readHeads(files, faults);
  if (!heads) return undefined;

  const collector = new FeatureCollector(
    rows,
    heads.map((head) => ({ width: head.ids?.length, density: head.density })),
    largestBytes,
  );
  for (const [k, { file, ids: columnIds }] of heads.entries()) {
    if (faults.full) return undefined;
    const join = new RowJoin(ids, file.shown, faults);
    const part = collector.parts[k];
    if (file.format === 'csv') await readCsvFeatures(file, part, collector, join, place, faults);
    else await readLibsvmFeatures(file, columnIds, part, collector, join, place, faults);
  }
  if (faults.count > faultsBefore) return undefined;

  const gathered = collector.finish();
  const summary = summariseColumns(gathered);
  const columns = heads.flatMap((head, k) => describeColumns(head, collector.parts[k].width));
  const types = columns.map(({ type }, j) => type ?? (summary.binary[j] === 1 ? 'binary' : 'numeric'));
  checkTypes(columns, summary, rows, faults);
  if (faults.count > faultsBefore) return undefined;
  return {
    X: byDensity(gathered, summary),
    ids: columns.map(({ id }) => id),
    names: columns.map(({ name }) => name),
    types,
    summary,
  };
}

/** What is known of the files before their rows are read; undefined if there are faults. */
export async function readHeads(files: readonly FeatureFile[], faults: FaultList): Promise<FeatureHead[] | undefined> {
  const faultsBefore = faults.count;
  const heads: FeatureHead[] = [];
  for (const file of files) {
    const head = await readHead(file, faults);
    if (head) heads.push(head);
  }
  checkDistinct(heads, faults);
  return faults.count > faultsBefore ? undefined : heads;
}

async function readHead(file: FeatureFile, faults: FaultList): Promise<FeatureHead | undefined> {
  const { description } = file;
  const described = description && (await readDescription(description.path, description.shown, faults));
  if (file.format === 'libsvm') return { file, ids: described && [...described.keys()], density: 0, described };
  const columns = await peekCsv(file, faults);
  if (!columns?.ids) return undefined;
  if (described && description) checkDescribed(columns.ids, described, file.shown, description.shown, faults);
  return { file, ids: columns.ids, density: columns.density, described };
}

/** What is known of a CSV file whose header was read already; faults of its description go to `faults`. */
export async function headOf(file: FeatureFile, ids: readonly string[], faults: FaultList): Promise<FeatureHead> {
  const { description } = file;
  const described = description && (await readDescription(description.path, description.shown, faults));
  if (described && description) checkDescribed(ids, described, file.shown, description.shown, faults);
  return { file, ids, density: 1, described };
}

/** Each feature must be described, and each description must have its feature. */
function checkDescribed(
  ids: readonly string[],
  described: ReadonlyMap<string, FeatureDescription>,
  shown: string,
  descriptionShown: string,
  faults: FaultList,
): void {
  const known = new Set(ids);
  for (const [id, { line }] of described) {
    if (known.has(id)) continue;
    faults.add({
      file: descriptionShown,
      line,
      column: 'id',
      found: `unknown feature "${id}"`,
      expected: `a column of ${shown}`,
    });
  }
  const undescribed = ids.filter((id) => !described.has(id));
  if (undescribed.length === 0) return;
  const examples = undescribed
    .slice(0, 5)
    .map((id) => `"${id}"`)
    .join(', ');
  const found = `no line for ${undescribed.length} of ${counted(ids.length, 'feature')}: ${examples}${undescribed.length > 5 ? ', …' : ''}`;
  faults.add({ file: descriptionShown, found, expected: 'a line for every feature, or no description file' });
}

/** Two features of one name, in two files or by two descriptions, could not be told apart. */
export function checkDistinct(heads: readonly FeatureHead[], faults: FaultList): void {
  const fileOf = new Map<string, string>();
  for (const head of heads) {
    for (const id of head.ids ?? []) {
      const name = head.described?.get(id)?.name ?? id;
      const before = fileOf.get(name);
      if (before === undefined) fileOf.set(name, head.file.shown);
      else {
        const where = before === head.file.shown ? 'two' : `one in ${before} and one`;
        faults.add({
          file: head.file.shown,
          found: `${where} features named "${name}"`,
          expected: 'distinct feature names',
        });
      }
    }
  }
}

export interface DescribedColumn {
  readonly id: string;
  readonly name: string;
  readonly type?: FeatureType;
  readonly file: FeatureFile;
  readonly line?: number;
}

/** The columns of a file, by its header and its description. */
export function describeColumns({ file, ids, described }: FeatureHead, width: number): DescribedColumn[] {
  const listed = ids ?? Array.from({ length: width }, (_, j) => String(j + 1));
  return listed.map((id) => {
    const description = described?.get(id);
    return { id, name: description?.name ?? id, type: description?.type, file, line: description?.line };
  });
}

/** A feature declared binary holds nothing but 0, 1 and missing values. */
export function checkTypes(
  columns: readonly DescribedColumn[],
  { binary, missing }: ReturnType<typeof summariseColumns>,
  rows: number,
  faults: FaultList,
): void {
  columns.forEach(({ name, type, file, line }, j) => {
    if (type !== 'binary' || binary[j] === 1 || missing[j] === rows) return;
    const found = `binary for "${name}", which has other values than 0 and 1`;
    faults.add({ file: file.description?.shown ?? file.shown, line, column: 'type', found, expected: 'numeric' });
  });
}
