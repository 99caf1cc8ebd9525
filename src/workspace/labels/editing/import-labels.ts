import { counted, printable } from '../../../errors.js';
import { DatasetFolder } from '../../../io/dataset-folder.js';
import { FaultList } from '../../../io/faults.js';
import { readIdents } from '../../../io/read-idents.js';
import { readLabels } from '../../../io/read-labels.js';
import type { CurrentLabel } from '../../../io/results/label-log.js';
import type { EditPlan } from './plan-family-edit.js';
import type { LabelChange } from '../label-store.js';

/** The labels of a file for instances of a dataset. */
export interface LabelFile {
  /** Name of the file as typed. */
  readonly file: string;
  readonly labels: readonly (LabelChange & { readonly label: 'malicious' | 'benign' })[];
}

/**
 * Reads a CSV of labels (`instance_id,label[,family]`) for a dataset; features are not read. Throws DataError with up to
 * 20 faults (line and column): unknown and repeated ids, wrong words, long names; UserError where a file is missing.
 */
export async function readLabelFile(
  { inputDir, project, dataset }: { readonly inputDir: string; readonly project: string; readonly dataset: string },
  file: string,
): Promise<LabelFile> {
  const folder = await DatasetFolder.find(inputDir, project, dataset);
  const faults = new FaultList();
  const { path, shown } = await folder.idents();
  const table = await readIdents(path, shown, faults);
  faults.throwIfAny();
  if (!table) throw new Error('idents without a table have a fault');
  const { label, family, families } = await readLabels(file, file, table.ids, faults);
  faults.throwIfAny();
  const labels: (LabelChange & { label: 'malicious' | 'benign' })[] = [];
  for (const [row, value] of label.entries()) {
    if (value < 0) continue;
    labels.push({
      instanceId: table.ids.list[row],
      ident: table.idents[row],
      label: value === 1 ? 'malicious' : 'benign',
      family: family[row] < 0 ? null : families[family[row]],
    });
  }
  return { file, labels };
}

export interface ImportOptions {
  /** Instances that have a label keep it. */
  readonly keep: boolean;
  /** Instances that the file gives no label lose theirs. */
  readonly replace: boolean;
}

/** What a file of labels does to a set: only what differs is written. */
export function planImport(
  current: ReadonlyMap<string, CurrentLabel>,
  { file, labels }: LabelFile,
  { keep, replace }: ImportOptions,
): EditPlan {
  const count = { given: 0, changed: 0, same: 0, kept: 0, taken: 0 };
  const changes: LabelChange[] = [];
  for (const answer of labels) {
    const held = current.get(answer.instanceId);
    if (held === undefined) count.given++;
    else if (held.label === answer.label && held.family === answer.family) {
      count.same++;
      continue;
    } else if (keep) {
      count.kept++;
      continue;
    } else count.changed++;
    changes.push(answer);
  }
  if (replace) {
    const named = new Set(labels.map(({ instanceId }) => instanceId));
    for (const [instanceId, { ident }] of current) {
      if (named.has(instanceId)) continue;
      changes.push({ instanceId, ident, label: null, family: null });
      count.taken++;
    }
  }
  const notes = [
    [count.given, 'given'],
    [count.changed, 'changed'],
    [count.taken, 'taken back'],
    [count.same, 'there already'],
    [count.kept, 'kept that the file has otherwise'],
  ] as const;
  return {
    changes,
    title: `import ${printable(file)}`,
    notes: notes
      .filter(([labelled]) => labelled > 0)
      .map(([labelled, what]) => `${counted(labelled, 'label')} ${what}`),
  };
}
