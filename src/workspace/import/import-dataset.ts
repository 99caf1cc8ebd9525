import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { printable, UserError } from '../../errors.js';
import { FaultList } from '../../io/faults.js';
import { chooseColumns } from '../../io/import/choose-columns.js';
import type { ColumnPlan, ImportPlan } from '../../io/import/column-plan.js';
import type { ColumnRequest } from '../../io/import/column-request.js';
import { type DelimiterName, sniffDialect } from '../../io/import/dialect.js';
import { type Profiled, profileTable } from '../../io/import/profile-table.js';
import type { SourceFile } from '../../io/import/source-rows.js';
import { type WrittenDataset, writeDataset } from '../../io/import/write-dataset.js';
import type { ImportDocument } from '../../schema/import-document.js';
import { ImportTarget } from './import-target.js';

/** A table to make a dataset of. */
export interface ImportRequest {
  readonly inputDir: string;
  readonly project: string;
  readonly dataset: string;
  /** A path as typed, or `-` for standard input. */
  readonly file: string;
  readonly columns: ColumnRequest;
  /** Absent: found out. */
  readonly delimiter?: DelimiterName;
  /** A dataset of this name is moved aside. */
  readonly replace: boolean;
}

export interface ImportWatch {
  readonly stdin: Readable;
  /** Throws to stop. */
  poll(): void;
  progress(done: number, total: number, note: string): void;
}

/**
 * Makes a dataset of one table, reading it twice: once to see what its columns are, once to write. Memory does not grow
 * with the table but for 16 bytes an id. The dataset appears whole or not at all. Throws UserError and DataError.
 */
export async function importDataset(request: ImportRequest, watch: ImportWatch): Promise<ImportDocument> {
  const { file, columns } = request;
  if (file !== '-') await checkFile(file);
  const target = await ImportTarget.begin(request.inputDir, request.project, request.dataset, request.replace);
  try {
    const path = file === '-' ? target.spool : file;
    const shown = file === '-' ? 'standard input' : file;
    if (file === '-') await spool(watch.stdin, path, watch);
    const sniffed = await sniffDialect(path, shown);
    if (sniffed.arff && request.delimiter) {
      throw new UserError(`${printable(shown)} is an ARFF file, whose cells are separated by commas`, {
        hint: 'leave --delimiter out',
      });
    }
    const dialect = { ...sniffed, delimiter: request.delimiter ?? sniffed.delimiter };
    const source: SourceFile = { path, shown, dialect };
    const onBlock = await blockCounter(path, watch);
    const faults = new FaultList();
    const profiled = await profileTable(source, columns, faults, onBlock('reading'));
    const plan = chooseColumns(profiled.table, profiled.choice, columns, faults);
    faults.throwIfAny();
    refuseNoFeatures(plan, shown);
    const written = await writeDataset(source, plan, profiled.labels, target.files, {
      decimalComma: columns.decimalComma ?? false,
      rows: profiled.table.rows,
      onBlock: onBlock('writing'),
    });
    const formerDataset = await target.publish();
    return documentOf(target, source, plan, profiled, written, formerDataset);
  } finally {
    await target.clean();
  }
}

async function checkFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    const what = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code ?? error.message})`;
    throw new UserError(`${printable(file)} ${what}`, { hint: '- reads standard input', cause: error });
  });
  // A pipe is read once only; as standard input it is kept while it is read twice.
  if (!found.isFile())
    throw new UserError(`${printable(file)} is not a file`, { hint: 'secuml import - < FILE reads a pipe' });
}

async function spool(stdin: Readable, path: string, watch: ImportWatch): Promise<void> {
  if ((stdin as Partial<NodeJS.ReadStream>).isTTY) {
    throw new UserError('standard input is a terminal: there is no table to read', {
      hint: 'for instance: zcat export.csv.gz | secuml import - --project P --dataset D',
    });
  }
  watch.progress(0, 1, 'receiving');
  const polled = async function* (chunks: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    for await (const chunk of chunks) {
      watch.poll();
      yield chunk;
    }
  };
  await pipeline(stdin, polled, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
}

/** Progress in megabytes of the file; of a compressed one, whose length is not known before, as they come. */
async function blockCounter(path: string, watch: ImportWatch): Promise<(note: string) => (bytes: number) => void> {
  const { size } = await stat(path);
  return (note) => {
    let done = 0;
    return (bytes) => {
      watch.poll();
      done += bytes;
      const megabytes = Math.round(done / 1e6);
      if (done > size) watch.progress(0, 1, `${note} (${megabytes} MB)`);
      else if (size > 20e6) watch.progress(megabytes, Math.round(size / 1e6), `${note} (MB)`);
    };
  };
}

function refuseNoFeatures({ columns }: ImportPlan, shown: string): void {
  if (columns.some(({ feature }) => feature)) return;
  const why = columns
    .slice(0, 20)
    .map(({ name, why: reason }) => `  ${printable(name, 40)}: ${printable(reason, 200)}`);
  throw new UserError(`no column of ${printable(shown)} can be a feature:\n${why.join('\n')}`, {
    hint: '--one-hot COL and --numeric COL make features of columns; --delimiter says how they are separated',
  });
}

function documentOf(
  target: ImportTarget,
  source: SourceFile,
  plan: ImportPlan,
  { table }: Profiled,
  written: WrittenDataset,
  formerDataset: string | null,
): ImportDocument {
  const columns = plan.columns.map((column, k) => describeColumn(column, k + 1));
  return {
    schema: 'secuml-import',
    version: 1,
    kind: 'import',
    project: target.project,
    dataset: target.dataset,
    source: { file: source.shown, delimiter: source.dialect.delimiter },
    headline: {
      instances: table.rows,
      features: written.features,
      columns: columns.length,
      ignored: columns.filter(({ takenFor }) => takenFor.includes('ignored')).length,
    },
    columns,
    labels: written.labels ?? null,
    warnings: [...plan.warnings, ...generalWarnings(plan, written)],
    folder: target.folder,
    files: written.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    formerDataset,
  };
}

function describeColumn(
  { name, renamed, uses, feature, why, missing }: ColumnPlan,
  position: number,
): ImportDocument['columns'][number] {
  const kinds = [...uses, ...(feature ? [feature.kind] : [])];
  return {
    name,
    position,
    ...(renamed !== undefined && { renamed }),
    takenFor: kinds.length === 0 ? ['ignored'] : kinds,
    features: feature?.kind === 'one-hot' ? feature.values.length : feature ? 1 : 0,
    missing,
    why,
  };
}

function generalWarnings({ columns, label }: ImportPlan, { labels }: WrittenDataset): string[] {
  const warnings: string[] = [];
  const holed = columns.filter(({ feature, missing }) => feature && feature.kind !== 'one-hot' && missing > 0);
  if (holed.length > 0) {
    warnings.push(
      `cells are missing in ${holed.length} of the feature columns: train with --impute median, or with a model that takes them as they are`,
    );
  }
  if (label < 0)
    warnings.push('there are no labels: --label COL names their column; without, there is nothing to train on');
  else if (labels && (labels.malicious === 0 || labels.benign === 0)) {
    warnings.push(`no row is ${labels.malicious === 0 ? 'malicious' : 'benign'}: a model needs both`);
  }
  return warnings;
}
