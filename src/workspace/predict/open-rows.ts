import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { DataError, printable, UserError } from '../../errors.js';
import { DatasetFolder } from '../../io/dataset-folder.js';
import { FaultList } from '../../io/faults.js';
import type { FeatureFile } from '../../io/features/feature-file.js';
import { type FeatureBatch, FeatureRows } from '../../io/features/feature-rows.js';
import { streamByteSource } from '../../io/files/byte-source.js';
import { type TableNames, TableRows } from '../../io/import/table-rows.js';
import { LineBlocks } from '../../io/files/line-blocks.js';
import { selectRows } from '../../ml/matrix/feature-matrix.js';
import { unchanged } from '../dataset/file-identity.js';
import { type DatasetRequest, openDataset } from '../dataset/open-dataset.js';
import { NamesOfRows } from './names-of-rows.js';

/** Some rows to apply a model to: m ids, idents and the m×d matrix, good until the next batch is asked for. */
export interface NamedBatch extends FeatureBatch {
  /** Hostile text; those of a file without idents are empty. */
  readonly idents: readonly string[];
}

/** Rows to apply a model to, batch by batch. */
export interface OpenedRows {
  /** For people: `SpamHam/spamassassin`, a path, `standard input`. */
  readonly shown: string;
  /** Name of the dataset; null for a file without one. */
  readonly dataset: string | null;
  readonly featureNames: readonly string[];
  /** Once only. Throws UserError and DataError at the end of a batch with faults. */
  batches(): AsyncIterable<NamedBatch>;
  close(): Promise<void>;
}

/** Instances that are in memory at a time. */
const batchRows = 4096;
/** Cells of a batch: of wide features fewer rows are read at a time. */
const batchCells = 1 << 20;

/**
 * The rows of a dataset in the order of its feature files, with its idents, in constant memory where these are CSV files
 * in the order of idents.csv; libsvm text is read as a whole. Throws UserError, DataError for headers that are wrong.
 */
export async function openDatasetRows(request: DatasetRequest): Promise<OpenedRows> {
  const folder = await DatasetFolder.find(request.inputDir, request.project, request.dataset);
  const idents = await folder.idents();
  const files = await folder.features(request.features);
  if (files.some(({ format }) => format !== 'csv')) return wholeDataset(request);
  const rows = await openFiles(files, (file) => LineBlocks.open(file.path, file.shown));
  const names = new NamesOfRows(idents);
  const batches = async function* (): AsyncGenerator<NamedBatch> {
    for await (const batch of unchanged([...files, idents], rows.batches())) {
      yield { ...batch, idents: await names.next(batch.ids) };
    }
    await names.finish(files.map(({ shown }) => shown).join(', '));
  };
  const close = async (): Promise<void> => {
    await rows.close();
    await names.close();
  };
  const shown = `${folder.project}/${folder.dataset}`;
  return { shown, dataset: folder.dataset, featureNames: rows.names, batches, close };
}

/** The rows of a CSV feature file outside of any dataset, or of standard input (`-`), in constant memory. */
export async function openFileRows(path: string, stdin: Readable): Promise<OpenedRows> {
  const file = path === '-' ? standardInput(stdin) : await fileAt(path);
  const rows = await openFiles([file], async () => {
    if (path === '-') return LineBlocks.of(await streamByteSource(stdin, file.shown), file.shown);
    return LineBlocks.open(file.path, file.shown);
  }).catch(hintAtTables);
  const batches = async function* (): AsyncGenerator<NamedBatch> {
    try {
      for await (const batch of rows.batches())
        yield { ...batch, idents: new Array<string>(batch.ids.length).fill('') };
    } catch (error) {
      hintAtTables(error);
    }
  };
  return { shown: file.shown, dataset: null, featureNames: rows.names, batches, close: () => rows.close() };
}

/** What is no file of features may well be a table. */
function hintAtTables(error: unknown): never {
  if (!(error instanceof DataError)) throw error;
  const { faults, total, hint } = error;
  const other =
    'a table with columns of other names or with texts, as secuml import reads it: say --id COL or --ident COL';
  throw new DataError(faults, { total, hint: hint === undefined ? other : `${hint}; ${other}` });
}

/**
 * The rows of a table as `import` reads it, which `names` tells how to call: of its columns those that `wanted` (the
 * features of a model) are made of; the others follow these in `featureNames`, and have no column in the matrix.
 */
export async function openTableRows(
  path: string,
  stdin: Readable,
  wanted: readonly string[],
  names: TableNames,
): Promise<OpenedRows> {
  const { shown } = path === '-' ? standardInput(stdin) : await fileAt(path);
  const blocks =
    path === '-'
      ? await LineBlocks.of(await streamByteSource(stdin, shown), shown)
      : await LineBlocks.open(path, shown);
  try {
    const table = TableRows.open(blocks, shown, wanted, names);
    const { features, unused } = table;
    const batches = () => table.batches(rowsAtOnce(Math.max(1, features.length)));
    return { shown, dataset: null, featureNames: [...features, ...unused], batches, close: () => table.close() };
  } catch (error) {
    await blocks.close();
    throw error;
  }
}

/** How many rows of `columns` features make a batch. */
const rowsAtOnce = (columns: number): number => Math.max(1, Math.min(batchRows, Math.floor(batchCells / columns)));

function openFiles(
  files: readonly FeatureFile[],
  open: (file: FeatureFile) => Promise<LineBlocks>,
): Promise<FeatureRows> {
  return FeatureRows.open(files, open, rowsAtOnce, new FaultList());
}

async function wholeDataset(request: DatasetRequest): Promise<OpenedRows> {
  const { dataset } = await openDataset(request);
  const { ids, idents, X } = dataset;
  const batches = async function* (): AsyncGenerator<NamedBatch> {
    const atOnce = rowsAtOnce(X.columns);
    for (let first = 0; first < ids.length; first += atOnce) {
      const until = Math.min(ids.length, first + atOnce);
      const rows = Uint32Array.from({ length: until - first }, (_, k) => first + k);
      yield { ids: ids.slice(first, until), idents: idents.slice(first, until), X: selectRows(X, rows) };
    }
  };
  const shown = `${dataset.project}/${dataset.name}`;
  return { shown, dataset: dataset.name, featureNames: dataset.featureNames, batches, close: async () => {} };
}

function standardInput(stdin: Readable): FeatureFile {
  if ((stdin as Partial<NodeJS.ReadStream>).isTTY) {
    throw new UserError('standard input is a terminal: there are no features to read', {
      hint: 'for instance: zcat features.csv.gz | secuml predict - --model-file model.json',
    });
  }
  return { path: '-', shown: 'standard input', bytes: 0, format: 'csv' };
}

/** The file, with the description beside it, by which its features may have other names. */
async function fileAt(path: string): Promise<FeatureFile> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const what = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code ?? error.message})`;
    throw new UserError(`${printable(path)} ${what}`, {
      hint: '- reads standard input; a dataset has two names: PROJECT DATASET, or --project and --dataset',
      cause: error,
    });
  });
  if (!found.isFile()) {
    throw new UserError(`${printable(path)} is not a file`, { hint: 'secuml predict - < FILE reads a pipe' });
  }
  if (/\.(libsvm|svmlight)(\.gz)?$/.test(path)) {
    throw new UserError(`${printable(path)} is libsvm text, which is read as part of a dataset only`, {
      hint: 'its columns are named by the description beside it: see docs/data-format.md',
    });
  }
  for (const extension of ['.csv', '.csv.gz']) {
    const beside = `${path.replace(/\.csv(\.gz)?$/, '')}_description${extension}`;
    const description = await stat(beside).catch(() => undefined);
    if (description?.isFile()) {
      const { size: bytes } = description;
      return {
        path,
        shown: path,
        bytes: found.size,
        format: 'csv',
        description: { path: beside, shown: beside, bytes },
      };
    }
  }
  return { path, shown: path, bytes: found.size, format: 'csv' };
}
