import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors.js';
import { FaultList } from '../faults.js';
import { FileWriter, syncFolder, type WrittenFile } from '../results/file-writer.js';
import { freeName } from './column-names.js';
import type { ImportPlan } from './column-plan.js';
import { isMissing, type LabelIndex } from './column-profile.js';
import { datasetCell } from './dataset-cell.js';
import { timestampCell } from './date-forms.js';
import { FeatureWriter } from './feature-writer.js';
import type { LabelValues } from './label-values.js';
import { readSourceRows, type SourceFile } from './source-rows.js';

/** What was written. */
export interface WrittenDataset {
  readonly rows: number;
  readonly features: number;
  readonly labels: { readonly malicious: number; readonly benign: number; readonly unlabelled: number } | undefined;
  /** Relative to the dataset's folder, in the order of the layout. */
  readonly files: readonly ({ readonly name: string } & WrittenFile)[];
}

export interface WritingOptions {
  readonly decimalComma: boolean;
  /** Rows of the first reading: another number means that the file has changed. */
  readonly rows: number;
  onBlock(bytes: number): void;
}

const names = {
  idents: 'idents.csv',
  features: 'features/features.csv',
  description: 'features/features_description.csv',
  labels: 'labels/true_labels.csv',
} as const;

/** Reads the table again and writes the files of a dataset into `folder`, which is there and empty. */
export async function writeDataset(
  source: SourceFile,
  plan: ImportPlan,
  labelValues: LabelValues,
  folder: string,
  options: WritingOptions,
): Promise<WrittenDataset> {
  await mkdir(join(folder, 'features'));
  if (plan.label >= 0) await mkdir(join(folder, 'labels'));
  const output = new DatasetOutput(folder);
  try {
    const features = new FeatureWriter(plan.columns, options.decimalComma);
    const rows = new RowWriter(plan, labelValues, features, output);
    const faults = new FaultList();
    await readSourceRows(
      source,
      { row: (cells) => rows.row(cells), block: options.onBlock, flush: () => output.flush() },
      faults,
    );
    faults.throwIfAny();
    if (rows.count !== options.rows) throw new UserError(`${source.shown} has changed while it was read`);
    for (const { id, description, type = '' } of features.features) {
      output.add(names.description, `${datasetCell(id)},${datasetCell(id)},${datasetCell(description)},${type}\n`);
    }
    const files = await output.close();
    for (const inside of ['features', ...(plan.label >= 0 ? ['labels'] : []), ''])
      await syncFolder(join(folder, inside));
    return { rows: rows.count, features: features.features.length, labels: rows.labels, files };
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

/** Makes the lines of all files from each row. */
class RowWriter {
  count = -1;
  labels: { malicious: number; benign: number; unlabelled: number } | undefined;

  constructor(
    private readonly plan: ImportPlan,
    private readonly labelValues: LabelValues,
    private readonly features: FeatureWriter,
    private readonly output: DatasetOutput,
  ) {
    const { columns, label, family, timestamp, group } = plan;
    const taken = new Set(['instance_id', 'ident', 'timestamp', 'label', 'family']);
    const groups = group.map((place) => {
      const name = freeName(columns[place].name, (candidate) => taken.has(candidate));
      taken.add(name);
      return `,${datasetCell(name)}`;
    });
    output.add(names.idents, `instance_id,ident${timestamp >= 0 ? ',timestamp' : ''}${groups.join('')}\n`);
    output.add(names.features, `instance_id${features.features.map(({ id }) => `,${datasetCell(id)}`).join('')}\n`);
    output.add(names.description, 'id,name,description,type\n');
    if (label < 0) return;
    this.labels = { malicious: 0, benign: 0, unlabelled: 0 };
    output.add(names.labels, `instance_id,label${family >= 0 ? ',family' : ''}\n`);
  }

  row(cells: readonly string[]): void {
    // The first row is the header.
    if (++this.count === 0) return;
    const { plan, output } = this;
    const id = datasetCell(plan.id >= 0 ? cells[plan.id].trim() : String(this.count));
    const ident = plan.ident >= 0 ? cells[plan.ident] : `row ${this.count}`;
    let line = `${id},${datasetCell(ident)}`;
    if (plan.timestamp >= 0) line += `,${this.timestamp(cells[plan.timestamp].trim())}`;
    for (const place of plan.group) line += `,${datasetCell(cells[place].trim())}`;
    output.add(names.idents, `${line}\n`);
    output.add(names.features, `${id}${this.features.line(cells)}\n`);
    if (this.labels) this.label(id, this.labels, cells);
  }

  private timestamp(cell: string): string {
    const time = isMissing(cell) ? Number.NaN : (this.plan.dateForm?.parse(cell) ?? Number.NaN);
    return Number.isNaN(time) ? '' : timestampCell(time);
  }

  private label(id: string, counts: NonNullable<RowWriter['labels']>, cells: readonly string[]): void {
    const { label, family } = this.plan;
    const index: LabelIndex = this.labelValues.labelOf(cells[label].trim()) ?? 2;
    if (index === 2) {
      counts.unlabelled++;
      return;
    }
    counts[index === 1 ? 'malicious' : 'benign']++;
    const word = index === 1 ? 'malicious' : 'benign';
    this.output.add(names.labels, `${id},${word}${family >= 0 ? `,${datasetCell(cells[family].trim())}` : ''}\n`);
  }
}

/** The files of a dataset while they are written; lines are gathered until they are flushed. */
class DatasetOutput {
  private readonly pending = new Map<string, string[]>();
  private readonly writers = new Map<string, FileWriter>();

  constructor(private readonly folder: string) {}

  add(name: string, text: string): void {
    const lines = this.pending.get(name);
    if (lines) lines.push(text);
    else this.pending.set(name, [text]);
  }

  async flush(): Promise<void> {
    for (const [name, lines] of this.pending) {
      let writer = this.writers.get(name);
      if (!writer) {
        writer = await FileWriter.create(join(this.folder, name));
        this.writers.set(name, writer);
      }
      await writer.write(lines.join(''));
    }
    this.pending.clear();
  }

  async close(): Promise<WrittenDataset['files']> {
    await this.flush();
    const files: ({ name: string } & WrittenFile)[] = [];
    for (const name of Object.values(names)) {
      const writer = this.writers.get(name);
      if (writer) files.push({ name, ...(await writer.close()) });
      this.writers.delete(name);
    }
    return files;
  }

  async abandon(): Promise<void> {
    for (const writer of this.writers.values()) await writer.abandon();
  }
}
