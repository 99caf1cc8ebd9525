import { buildReport } from '../../report/build-report.js';
import type { Configuration } from '../../workspace/configuration.js';
import { readReportMaterial } from '../../workspace/report-material.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { findFinished } from './find-experiment.js';

/** Makes whole results into files; reading all of one takes a while, so in a thread of its own. */
export async function reportService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);
  return {
    /** The result as one page. */
    html: async (id: string): Promise<string> => {
      const stored = await readReportMaterial(workspace, await findFinished(workspace, id));
      return buildReport({ ...stored, features: [], instances: [], notes: [] });
    },

    /** The document with the data of every panel in it, as JSON. */
    wholeDocument: async (id: string): Promise<string> =>
      JSON.stringify(await workspace.readWholeDocument(await findFinished(workspace, id))),
  };
}

export type ReportService = Awaited<ReturnType<typeof reportService>>;
