import { textCell } from '../../db/cell.js';
import { insertCoordinates } from '../../db/queries/coordinates.js';
import { insertDocument } from '../../db/queries/documents.js';
import type { ExperimentRow } from '../../db/queries/experiments.js';
import { insertFeatureStatistics } from '../../db/queries/feature-statistics.js';
import { insertHeadline } from '../../db/queries/headline-figures.js';
import { insertPredictions } from '../../db/queries/predictions.js';
import type { Store } from '../../db/store.js';
import type { PredictionTable } from '../../schema/prediction-table.js';
import type { PanelData } from '../../schema/panels/registry.js';
import { type Panel, readPanelData, type ResultDocument } from '../../schema/result-document.js';
import type { RowSelection } from './database-rows.js';
import { experimentPath } from '../layout.js';
import type { Owner } from '../owner-process.js';

/** What of a result goes into the database besides its row in `experiments`. */
export interface IndexedResult {
  readonly document: ResultDocument;
  /** Text of result.json and of the panels' files, by file name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly predictions?: PredictionTable;
  readonly selection: RowSelection;
}

/** Stores everything that belongs to the result, but not yet that it is done. */
export async function indexResult(store: Store, result: IndexedResult): Promise<void> {
  const { id } = result.document.run;
  if (result.predictions) await insertRowLevel(store, id, result.predictions, result.selection.rows);
  const statistics = result.document.panels.find(({ kind }) => kind === 'feature-statistics');
  if (statistics) await insertFeatureStatistics(store, id, statisticsOf(statistics, result.texts));
  for (const [name, text] of result.texts) await insertDocument(store, id, name, text);
  await insertHeadline(store, id, result.document.headline);
}

/** A projection's rows are coordinates, any other's are predictions. */
async function insertRowLevel(store: Store, id: string, table: PredictionTable, rows?: Uint32Array): Promise<void> {
  if (table.coordinates) await insertCoordinates(store, id, table, table.coordinates, rows);
  else await insertPredictions(store, id, table, rows);
}

function statisticsOf(panel: Panel, texts: ReadonlyMap<string, string>): PanelData<'feature-statistics'> {
  const data = 'data' in panel ? panel.data : (JSON.parse(texts.get(panel.file.name) ?? 'null') as unknown);
  return readPanelData('feature-statistics', data, panel.id);
}

/** The row of a finished result: the same when it is saved as when the database is rebuilt from the files. */
export function finishedRow(document: ResultDocument, owner: Owner): ExperimentRow {
  const { run, settings } = document;
  return {
    id: run.id,
    kind: document.kind,
    project: textCell(document.project),
    dataset: textCell(document.dataset.name),
    name: run.name === null ? null : textCell(run.name),
    status: 'done',
    host: owner.host,
    pid: owner.pid,
    process_start: owner.processStart,
    heartbeat: run.finished,
    started: run.started,
    finished: run.finished,
    seconds: secondsBetween(run.started, run.finished),
    directory: experimentPath(document.project, document.dataset.name, run.id),
    dataset_hash: document.dataset.hash,
    seed: typeof settings.seed === 'number' ? settings.seed : null,
    settings: textCell(JSON.stringify(settings)),
    warnings: document.warnings.length,
    error: null,
    parent_id: null,
  };
}

function secondsBetween(started: string, finished: string): number | null {
  const seconds = (Date.parse(finished) - Date.parse(started)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}
