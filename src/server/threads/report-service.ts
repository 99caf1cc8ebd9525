import { buildReport } from '../../report/build-report.js';
import type { Configuration } from '../../workspace/configuration.js';
import { readReportMaterial } from '../../workspace/report-material.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { findFinished } from './find-experiment.js';
import { instanceService } from './instance-service.js';
import { reportDetails } from './report-details.js';

/** Makes whole results into files; reading all of one takes a while, so in a thread of its own. */
export async function reportService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);
  const instances = await instanceService(configuration);
  return {
    /** The result as one page. */
    html: async (id: string): Promise<string> => {
      const record = await findFinished(workspace, id);
      const stored = await readReportMaterial(workspace, record);
      return buildReport({ ...stored, ...(await reportDetails(instances, record.id, stored)) });
    },

    /** The document with the data of every panel in it, as JSON. */
    wholeDocument: async (id: string): Promise<string> =>
      JSON.stringify(await workspace.readWholeDocument(await findFinished(workspace, id))),
  };
}

export type ReportService = Awaited<ReturnType<typeof reportService>>;
