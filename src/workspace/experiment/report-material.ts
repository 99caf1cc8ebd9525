import type { RowColumns } from '../../rows/row-columns.js';
import type { ExperimentPage } from '../../schema/api/experiments.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { ExperimentRecord } from './experiment-record.js';
import { experimentSummary } from './experiment-summary.js';
import { openPredictions } from './export-lines.js';
import type { Workspace } from '../workspace.js';

/** What the files of a result have for a report of one page. */
export interface StoredMaterial {
  readonly page: ExperimentPage;
  readonly panels: readonly AnyPanel[];
  readonly predictions: RowColumns | null;
}

/** Reads a finished experiment whole; throws UserError where it is damaged. */
export async function readReportMaterial(workspace: Workspace, record: ExperimentRecord): Promise<StoredMaterial> {
  const document = await workspace.readWholeDocument(record);
  const figures = new Map(Object.entries(document.headline));
  const summary = experimentSummary(record, figures);
  return {
    page: { summary, document, problem: null, directory: record.directory },
    panels: document.panels,
    predictions: await openPredictions(record, document),
  };
}
