import { basename } from 'node:path';
import { counted, nearest, printable, UserError } from '../../errors.js';
import type { DatasetFile, DatasetFolder } from '../../io/dataset-folder.js';
import { FaultList } from '../../io/faults.js';
import type { InstanceIds } from '../../io/instance-ids.js';
import { LabelColumnBuilder } from '../../io/label-column.js';
import type { IdentTable } from '../../io/read-idents.js';
import { readLabels } from '../../io/read-labels.js';
import type { LabelColumn } from '../../ml/matrix/dataset.js';
import type { LabelSource } from './dataset-request.js';

/** A column of labels and where it comes from. */
export interface SourcedLabels {
  readonly column: LabelColumn;
  readonly source: string;
  readonly file?: DatasetFile;
}

/** The labels to learn from, and the ground truth besides them. */
export interface LoadedLabels {
  readonly labels?: SourcedLabels;
  readonly truth?: SourcedLabels;
  readonly notes: readonly string[];
}

const truthName = 'true_labels.csv';
const identsName = 'idents.csv';

/** Reads the labels asked for (default: the ground truth, if there is any) and the ground truth where it is another. */
export async function loadLabels(
  folder: DatasetFolder,
  table: IdentTable,
  wanted: string | undefined,
  labelSource: LabelSource | undefined,
  faults: FaultList,
): Promise<LoadedLabels> {
  const notes: string[] = [];
  const truthFile = await folder.labels('true_labels');
  if (truthFile && table.labels && wanted !== identsName) {
    notes.push(`the ground truth is ${truthName}; the column label of ${identsName} is left aside`);
  }
  const readTruth = async (): Promise<SourcedLabels | undefined> => {
    if (truthFile) return readFile(truthFile, table.ids, faults);
    return table.labels && { column: table.labels, source: identsName };
  };
  const chosen = await choose(folder, table, wanted, labelSource, faults, notes);
  if (chosen === 'truth') {
    const labels = await readTruth();
    const others = labels ? [] : await folder.labelNames();
    if (others.length > 0)
      notes.push(`no labels are used: choose with --labels among ${others.map((name) => printable(name)).join(', ')}`);
    return { labels, notes };
  }
  const truth = await readTruth();
  if (truth) notes.push(`${truth.source} is used for evaluation only; the labels are those of ${chosen.source}`);
  return { labels: chosen, truth, notes };
}

async function choose(
  folder: DatasetFolder,
  table: IdentTable,
  wanted: string | undefined,
  labelSource: LabelSource | undefined,
  faults: FaultList,
  notes: string[],
): Promise<SourcedLabels | 'truth'> {
  if (wanted === undefined) return 'truth';
  const stored = /^(set|loop):(.+)$/s.exec(wanted);
  if (stored) return storedLabels(folder, table.ids, stored[1] as 'set' | 'loop', stored[2], labelSource, notes);
  const truthFile = await folder.labels('true_labels');
  // Without a file of true labels those of idents.csv are the truth, under either name.
  if (!truthFile && table.labels && (wanted === identsName || wanted === truthName)) return 'truth';
  if (wanted === identsName && table.labels) return { column: table.labels, source: identsName };
  const file = await folder.labels(wanted);
  if (file && file.path === truthFile?.path) return 'truth';
  if (file) return readFile(file, table.ids, faults);
  const present = [...(await folder.labelNames()), ...(table.labels ? [identsName] : [])];
  throw new UserError(`there are no labels "${printable(wanted)}"${printable(nearest(wanted, present))}`, {
    hint: `the dataset has: ${present.map((name) => printable(name)).join(', ') || 'no labels at all'}; a label set is set:NAME`,
  });
}

async function readFile(file: DatasetFile, ids: InstanceIds, faults: FaultList): Promise<SourcedLabels> {
  return { column: await readLabels(file.path, file.shown, ids, faults), source: basename(file.path), file };
}

async function storedLabels(
  folder: DatasetFolder,
  ids: InstanceIds,
  kind: 'set' | 'loop',
  name: string,
  labelSource: LabelSource | undefined,
  notes: string[],
): Promise<SourcedLabels> {
  const source = `${kind}:${name}`;
  if (!labelSource) throw new UserError(`--labels ${printable(source)}: label sets cannot be read by this command`);
  const { labels: answers, warnings } = await labelSource({
    project: folder.project,
    dataset: folder.dataset,
    kind,
    name,
  });
  notes.push(...warnings);
  const faults = new FaultList();
  const column = new LabelColumnBuilder(source, faults, ids.count);
  let unknown = 0;
  for (const [id, { label, family }] of answers) {
    const row = ids.rows.get(id);
    if (row === undefined) unknown++;
    else column.set(row, String(label), family ?? '', 0);
  }
  if (unknown > 0)
    notes.push(`${source} has ${counted(unknown, 'answer')} for instances that the dataset does not have (any more)`);
  faults.throwIfAny();
  return { column: column.finish(), source };
}
