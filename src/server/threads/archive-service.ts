import { printable, UserError } from '../../errors.js';
import type { ExperimentPage, Home } from '../../schema/api/experiments.js';
import { leadingFigureNames } from '../../schema/leading-figures.js';
import type { ResultDocument } from '../../schema/result-document.js';
import type { Configuration } from '../../workspace/configuration.js';
import type { ExperimentRecord } from '../../workspace/experiment-record.js';
import { findDatasets } from '../../workspace/found-datasets.js';
import { openWorkspace, type Workspace } from '../../workspace/workspace.js';
import { RequestError } from '../http/failure.js';
import { experimentSummary } from './experiment-summary.js';
import { labelReading } from './label-reading.js';
import { viewReading } from './view-reading.js';

/**
 * Results as files and database know them. A thread of its own: SQLite blocks the thread that asks it, for as long as
 * another process is writing.
 */
export async function archiveService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);

  /** The experiment of an id; RequestError 404 for none. */
  const find = async (id: string): Promise<ExperimentRecord> => {
    const record = await workspace.experiment(id);
    if (record) return record;
    throw new RequestError(404, `there is no experiment "${printable(id, 60)}"`, {
      hint: 'it was removed, or the database does not know it: secuml list, secuml reindex',
    });
  };

  return {
    ...labelReading(workspace),
    ...viewReading(configuration.inputDir, find),

    home: async (): Promise<Omit<Home, 'program'>> => {
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
      return { outputDir, inputDir, datasets, experiments };
    },

    /** Where the files of a finished experiment are; RequestError 404 for any other. */
    finished: async (id: string): Promise<ExperimentRecord> => {
      const record = await find(id);
      if (record.status === 'done') return record;
      throw new RequestError(404, `experiment ${record.id} has no result: it is ${record.status}`);
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

    /** The document; throws UserError where it cannot be read. */
    document: async (id: string): Promise<ResultDocument> => workspace.readDocument(await find(id)),

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
    return { document: await workspace.readDocument(record) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: error.hint === undefined ? error.message : `${error.message} (${error.hint})` };
  }
}
