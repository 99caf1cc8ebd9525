import { printable, UserError } from '../../errors.js';
import type { ExperimentPage, Home } from '../../schema/api/experiments.js';
import { leadingFigureNames } from '../../schema/leading-figures.js';
import type { ResultDocument } from '../../schema/result-document.js';
import type { Configuration } from '../../workspace/configuration.js';
import type { ExperimentRecord } from '../../workspace/experiment/experiment-record.js';
import { hasTable } from '../../workspace/experiment/export-lines.js';
import { findDatasets } from '../../workspace/dataset/found-datasets.js';
import { openWorkspace, type Workspace } from '../../workspace/workspace.js';
import { rowsFile } from '../../workspace/experiment/save-result.js';
import { RequestError } from '../http/failure.js';
import { experimentSummary } from '../../workspace/experiment/experiment-summary.js';
import { findExperiment, findFinished } from './find-experiment.js';
import { viewReading } from './view-reading.js';

/** What a download of an experiment can hold. */
interface Downloadable {
  readonly project: string;
  readonly dataset: string;
  readonly hasRows: boolean;
  readonly hasTable: boolean;
}

/**
 * Results as files and database know them. A thread of its own: SQLite blocks the thread that asks it, for as long as
 * another process is writing.
 */
export async function archiveService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);

  const find = (id: string): Promise<ExperimentRecord> => findExperiment(workspace, id);

  return {
    ...viewReading(configuration.inputDir, find),

    home: async (program: string): Promise<Home> => {
      const { inputDir, outputDir } = configuration;
      const [records, figures, found] = await Promise.all([
        workspace.list(),
        workspace.figures(leadingFigureNames),
        findDatasets(inputDir),
      ]);
      const datasets = found.map((path) => {
        const slash = path.indexOf('/');
        return { project: path.slice(0, slash), dataset: path.slice(slash + 1) };
      });
      const experiments = records.map((record) => experimentSummary(record, figures.get(record.id)));
      return { program, outputDir, inputDir, datasets, experiments };
    },

    page: async (id: string): Promise<ExperimentPage> => {
      const record = await find(id);
      const figures = await workspace.figures(leadingFigureNames);
      const read = record.status === 'done' ? await readDocument(workspace, record) : {};
      return {
        summary: experimentSummary(record, figures.get(record.id)),
        document: read.document ?? null,
        problem: read.problem ?? null,
        directory: record.directory,
      };
    },

    /** What a download of a finished experiment can hold. */
    downloadable: async (id: string): Promise<Downloadable> => {
      const record = await findFinished(workspace, id);
      const { artifacts, panels } = await workspace.readDocument(record);
      const { project, dataset } = record;
      const hasRows = artifacts.some(({ name }) => name === rowsFile);
      return { project, dataset, hasRows, hasTable: hasTable(panels) };
    },

    /** The data of a panel. */
    panel: async ({ id, panelId }: { readonly id: string; readonly panelId: string }): Promise<unknown> => {
      const record = await find(id);
      const document = await workspace.readDocument(record);
      const panel = document.panels.find((candidate) => candidate.id === panelId);
      if (panel) return workspace.readPanel(record, panel);
      throw new RequestError(404, `experiment ${record.id} has no panel "${printable(panelId, 60)}"`);
    },
  };
}

export type ArchiveService = Awaited<ReturnType<typeof archiveService>>;

/** The document, or why it cannot be shown: a page says so and goes on. */
async function readDocument(
  workspace: Workspace,
  record: ExperimentRecord,
): Promise<{ document?: ResultDocument; problem?: string }> {
  try {
    const document = await workspace.readDocument(record);
    // Pages take the data of panels for what their kind says.
    for (const panel of document.panels) if ('data' in panel) await workspace.readPanel(record, panel);
    return { document };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: error.hint === undefined ? error.message : `${error.message} (${error.hint})` };
  }
}
