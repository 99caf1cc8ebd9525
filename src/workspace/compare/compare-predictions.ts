import { join } from 'node:path';
import { printable, UserError } from '../../errors.js';
import { RowsReader } from '../../io/results/rows-reader.js';
import type { ComparablePart, ComparedPart } from '../../schema/compared-part.js';
import type { CodedColumn } from '../../schema/prediction-table.js';
import type { ResultDocument } from '../../schema/result-document.js';
import { datasetPart, parts } from '../../schema/vocabulary.js';
import type { ExperimentRecord } from '../experiment/experiment-record.js';
import { rowsFile } from '../experiment/save-result.js';
import type { Workspace } from '../workspace.js';

/** The predictions of one finished experiment, open for comparing. */
export interface ComparablePredictions {
  readonly id: string;
  readonly parts: readonly ComparablePart[];
  /** Reads the columns of one of the parts. */
  read(part: ComparablePart): Promise<ComparedPart>;
  close(): Promise<void>;
}

/** Opens the predictions of an experiment; throws UserError for one that is not finished or has none. */
export async function openPredictions(workspace: Workspace, record: ExperimentRecord): Promise<ComparablePredictions> {
  const { id, directory, status, kind } = record;
  if (kind !== 'classify') throw new UserError(`experiment ${id} is of kind ${kind}: only classify predicts`);
  if (status !== 'done') throw new UserError(`experiment ${id} is ${status}: it has no result to compare`);
  const document = await workspace.readDocument(record);
  const reader = await RowsReader.open(join(directory, rowsFile));
  try {
    const part = await reader.coded('part');
    return {
      id,
      parts: partsOf(document, part),
      read: (wanted) => readPart(reader, document, record, wanted, part),
      close: () => reader.close(),
    };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** The parts there are, those that were held out of the training first, the training part last. */
function partsOf({ project, dataset }: ResultDocument, { names, codes }: CodedColumn): ComparablePart[] {
  const used = new Set(codes);
  const present = names.filter((_, code) => used.has(code));
  const own = (name: string, heldOut: boolean): ComparablePart => ({ name, project, dataset: dataset.name, heldOut });
  const folds = present.filter(isFold);
  const prefix = datasetPart('');
  const others = present
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ name, project, dataset: name.slice(prefix.length), heldOut: true }));
  const only = (name: string): ComparablePart[] => (present.includes(name) ? [own(name, name === parts.test)] : []);
  return [
    ...only(parts.test),
    ...(folds.length > 0 ? [own(parts.cv, true)] : []),
    ...others,
    ...only(parts.unlabeled),
    ...folds.map((name) => own(name, true)),
    ...only(parts.train),
  ];
}

function isFold(name: string): boolean {
  return /^fold\.\d+$/.test(name);
}

async function readPart(
  reader: RowsReader,
  document: ResultDocument,
  { id, name, directory }: ExperimentRecord,
  part: ComparablePart,
  column: CodedColumn,
): Promise<ComparedPart> {
  const rows = rowsOf(part, column);
  const pick = (values: Float64Array): Float64Array => {
    const picked = new Float64Array(rows.length);
    for (let k = 0; k < rows.length; k++) picked[k] = values[rows[k]];
    return picked;
  };
  const probability = pick(await reader.numbers('probability', 'f64'));
  const hasProbability = !probability.some(Number.isNaN);
  const value = hasProbability ? probability : pick(await reader.numbers('score', 'f64'));
  if (value.some(Number.isNaN))
    throw new UserError(`${join(directory, rowsFile)} is damaged: instances without a value`);
  const scale = hasProbability ? 'probability' : 'score';
  const { detectionThreshold } = document.settings;
  const idents = await reader.text('ident');
  const ids = await reader.text('instance_id');
  const label = await reader.coded('label');
  const labels = label.names.map((word) => (word === 'malicious' ? 1 : word === 'benign' ? 0 : -1));
  return {
    experiment: { id, name, datasetHash: document.dataset.hash, settings: document.settings },
    part,
    ids: distinct(
      Array.from(rows, (row) => ids.at(row)),
      part,
      id,
    ),
    identOf: (row) => idents.at(rows[row]),
    label: Int8Array.from(rows, (row) => labels[label.codes[row]] ?? -1),
    family: named(await reader.coded('family'), rows),
    value,
    scale,
    threshold: typeof detectionThreshold === 'number' ? detectionThreshold : hasProbability ? 0.5 : 0,
  };
}

/** The rows of a part; `cv` is all folds. */
function rowsOf(part: ComparablePart, { names, codes }: CodedColumn): Uint32Array {
  const wanted = new Set(
    names.flatMap((name, code) => (name === part.name || (part.name === parts.cv && isFold(name)) ? [code] : [])),
  );
  const isWanted = names.map((_, code) => wanted.has(code));
  const rows = new Uint32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (isWanted[codes[row]]) rows[count++] = row;
  return rows.slice(0, count);
}

/** An instance that is judged in several folds could not be joined by its id. */
function distinct(ids: string[], part: ComparablePart, experiment: string): string[] {
  if (part.name !== parts.cv || new Set(ids).size === ids.length) return ids;
  throw new UserError(`experiment ${experiment} judged instances of part ${printable(part.name)} several times`, {
    hint: 'compare a single fold: --part fold.0',
  });
}

/** The column of some rows; a family without a name is none. */
function named({ names, codes }: CodedColumn, rows: Uint32Array): CodedColumn {
  const nameless = names.indexOf('');
  return { names, codes: Int32Array.from(rows, (row) => (codes[row] === nameless ? -1 : codes[row])) };
}
