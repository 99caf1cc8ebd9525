import { counted, printable, UserError } from '../../errors.js';
import { type CodedColumn, selectCoded } from '../../io/coded-column.js';
import { type DatasetFile, DatasetFolder } from '../../io/dataset-folder.js';
import { FaultList } from '../../io/faults.js';
import { hashMatrix } from '../../io/features/content-hash.js';
import type { FeatureFile } from '../../io/features/feature-file.js';
import { filterColumns } from '../../io/features/feature-filter.js';
import type { FeatureTable } from '../../io/features/read-features.js';
import { byDensity, summariseColumns } from '../../io/features/representation.js';
import { selectLabels } from '../../io/label-column.js';
import { checkMemory } from '../../io/memory-check.js';
import { type IdentTable, readIdents } from '../../io/read-idents.js';
import type { Dataset, GroupColumn } from '../../ml/matrix/dataset.js';
import { selectColumns } from '../../ml/matrix/select-columns.js';
import { hashDataset } from './dataset-hash.js';
import { countLabels, type DatasetReport, type InputFile, timestampRange } from './dataset-report.js';
import type { DatasetRequest, LabelSource } from './dataset-request.js';
import { type LoadedFeatures, loadFeatures } from './load-features.js';
import { type LoadedLabels, loadLabels, type SourcedLabels } from './load-labels.js';
import { sampleRows } from './sample-rows.js';

export type { DatasetReport, LabelCounts } from './dataset-report.js';
export type { DatasetRequest, LabelSource } from './dataset-request.js';

/** A dataset in memory and what was met on the way. */
export interface OpenedDataset {
  readonly request: DatasetRequest;
  readonly dataset: Dataset;
  readonly report: DatasetReport;
}

/**
 * Reads a dataset: idents.csv, the feature files joined to it by instance_id, labels and ground truth. Throws UserError
 * for what the request names and does not exist, DataError with up to 20 faults of the files. Never leaves anything out
 * silently: what is not used is in `report.notes`. `labelSource` reads `--labels set:NAME` and `loop:ID`.
 */
export async function openDataset(request: DatasetRequest, labelSource?: LabelSource): Promise<OpenedDataset> {
  if (request.filterIn !== undefined && request.filterOut !== undefined) {
    throw new UserError('--filter-in and --filter-out exclude each other');
  }
  const folder = await DatasetFolder.find(request.inputDir, request.project, request.dataset);
  const faults = new FaultList({ countAll: request.countFaults });
  const identsFile = await folder.idents();
  const featureFiles = await folder.features(request.features);
  checkMemory('the idents', identsFile.bytes, request.largestBytes ?? Number.POSITIVE_INFINITY);
  const table = await readIdents(identsFile.path, identsFile.shown, faults);
  if (!table) {
    faults.throwIfAny();
    throw new Error(`${identsFile.shown} was refused without a reason`);
  }
  // With a full list nothing more would be told of the other files, and they would be read in part only.
  if (faults.full) faults.throwIfAny();
  checkGroupColumn(table, request.groupColumn, identsFile);
  const rows = drawRows(table, request);
  const loaded = await loadFeatures(featureFiles, table.ids, rows, request, faults);
  const filter = loaded && (await applyFilter(loaded, folder, request, faults));
  const labels = await loadLabels(folder, table, request.labels, labelSource, faults);
  faults.throwIfAny();
  if (!loaded || !filter) throw new Error('features were refused without a reason');

  const dataset = assemble(folder, table, filter, labels, rows);
  const files: InputFile[] = [
    { role: 'idents', path: identsFile.shown, bytes: identsFile.bytes },
    ...featureFiles.flatMap(filesOfFeatures),
    ...labelFiles(labels),
    ...(filter.file ? [{ role: 'filter' as const, path: filter.file.shown, bytes: filter.file.bytes }] : []),
  ];
  return { request, dataset, report: describe(dataset, filter.features, { table, rows, files, loaded, labels }) };
}

function checkGroupColumn({ groups }: IdentTable, column: string | undefined, idents: DatasetFile): void {
  if (column === undefined || groups.has(column)) return;
  const names = [...groups.keys()].map((name) => printable(name)).join(', ');
  throw new UserError(`${idents.shown} has no column "${printable(column)}" to group by`, {
    hint: `its group columns: ${names || 'none'}`,
  });
}

/** The rows of --sample; undefined for all. */
function drawRows({ ids }: IdentTable, { sample, seed }: DatasetRequest): Uint32Array | undefined {
  return sample === undefined || sample >= ids.count ? undefined : sampleRows(ids.list, sample, seed);
}

interface FilteredFeatures {
  readonly features: FeatureTable;
  readonly hash: string;
  readonly file?: DatasetFile;
}

async function applyFilter(
  { table, hash }: LoadedFeatures,
  folder: DatasetFolder,
  { filterIn, filterOut }: DatasetRequest,
  faults: FaultList,
): Promise<FilteredFeatures | undefined> {
  const name = filterIn ?? filterOut;
  if (name === undefined) return { features: table, hash: hash ?? hashMatrix(table.X) };
  const file = await folder.filter(name);
  const faultsBefore = faults.count;
  const columns = await filterColumns(file.path, filterOut !== undefined, table.ids, table.names, faults);
  if (faults.count > faultsBefore) return undefined;
  const selected = selectColumns(table.X, columns);
  const summary = summariseColumns(selected);
  const X = byDensity(selected, summary);
  const pick = <T>(list: readonly T[]): T[] => Array.from(columns, (j) => list[j]);
  const features = { X, ids: pick(table.ids), names: pick(table.names), types: pick(table.types), summary };
  return { features, hash: hashMatrix(X), file };
}

function assemble(
  folder: DatasetFolder,
  table: IdentTable,
  { features, hash: featureHash }: FilteredFeatures,
  { labels, truth }: LoadedLabels,
  rows: Uint32Array | undefined,
): Dataset {
  const pick = <T>(list: readonly T[]): readonly T[] => (rows ? Array.from(rows, (row) => list[row]) : list);
  const column = (sourced: SourcedLabels | undefined) =>
    sourced && (rows ? selectLabels(sourced.column, rows) : sourced.column);
  const withoutHash = {
    project: folder.project,
    name: folder.dataset,
    ids: pick(table.ids.list),
    idents: pick(table.idents),
    timestamps:
      table.timestamps &&
      (rows ? Float64Array.from(rows, (row) => table.timestamps?.[row] ?? Number.NaN) : table.timestamps),
    groups: new Map([...table.groups].map(([name, coded]) => [name, groupColumn(coded, rows)])),
    featureNames: features.names,
    featureTypes: features.types,
    X: features.X,
    labels: column(labels),
    truth: column(truth),
  };
  return { ...withoutHash, hash: hashDataset(withoutHash, featureHash) };
}

function groupColumn(coded: CodedColumn, rows: Uint32Array | undefined): GroupColumn {
  const { codes, words } = rows ? selectCoded(coded, rows) : coded;
  return { group: codes, names: words };
}

function filesOfFeatures({ shown, bytes, description }: FeatureFile): InputFile[] {
  const files: InputFile[] = [{ role: 'features', path: shown, bytes }];
  if (description) files.push({ role: 'description', path: description.shown, bytes: description.bytes });
  return files;
}

function labelFiles({ labels, truth }: LoadedLabels): InputFile[] {
  const files: InputFile[] = [];
  if (labels?.file) files.push({ role: 'labels', path: labels.file.shown, bytes: labels.file.bytes });
  if (truth?.file) files.push({ role: 'truth', path: truth.file.shown, bytes: truth.file.bytes });
  return files;
}

interface Reading {
  readonly table: IdentTable;
  readonly rows: Uint32Array | undefined;
  readonly files: readonly InputFile[];
  readonly loaded: LoadedFeatures;
  readonly labels: LoadedLabels;
}

function describe(
  dataset: Dataset,
  { summary }: FeatureTable,
  { table, rows, files, loaded, labels }: Reading,
): DatasetReport {
  const missingByColumn = dataset.featureNames
    .map((feature, j) => ({ feature, count: summary.missing[j] }))
    .filter(({ count }) => count > 0);
  const notes = [...labels.notes];
  if (rows) notes.push(`a sample of ${rows.length} of ${counted(table.ids.count, 'instance')} is used`);
  return {
    files,
    rows: dataset.X.rows,
    columns: dataset.X.columns,
    sampledFrom: rows && table.ids.count,
    missingCells: missingByColumn.reduce((sum, { count }) => sum + count, 0),
    missingByColumn,
    density: summary.nonZeros / (dataset.X.rows * dataset.X.columns),
    representation: dataset.X.kind,
    cacheHit: loaded.cacheHit,
    labels: dataset.labels && labels.labels && countLabels(dataset.labels, labels.labels.source),
    truth: dataset.truth && labels.truth && countLabels(dataset.truth, labels.truth.source),
    timestamps: timestampRange(dataset),
    groupColumns: [...table.groups.keys()],
    notes,
    cacheNotes: loaded.cacheNotes,
  };
}
