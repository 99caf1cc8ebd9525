import { buildReport } from '../../report/build-report.js';
import type { Configuration } from '../../workspace/configuration.js';
import { tableCsv } from '../../workspace/experiment/export-lines.js';
import { readReportMaterial } from '../../workspace/experiment/report-material.js';
import { openWorkspace, type WholeDocument } from '../../workspace/workspace.js';
import { findFinished } from './find-experiment.js';
import { instanceService } from './instance-service.js';
import { reportDetails } from './report-details.js';

/** Makes whole results into files; reading all of one takes a while, so in a thread of its own. */
export async function reportService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);
  const instances = await instanceService(configuration);
  return {
    /** The result as one page. */
    html: async (id: string): Promise<Uint8Array> => {
      const record = await findFinished(workspace, id);
      const stored = await readReportMaterial(workspace, record);
      const details = await reportDetails(instances, record.id, stored);
      return new TextEncoder().encode(await buildReport({ ...stored, ...details }));
    },

    /** The table of an experiment that has one besides predictions. */
    tableCsv: async (id: string): Promise<Uint8Array> => {
      const record = await findFinished(workspace, id);
      return new TextEncoder().encode(tableCsv(record, await workspace.readWholeDocument(record)));
    },

    /** The document with the data of every panel in it. */
    wholeDocument: async (id: string): Promise<WholeDocument> =>
      workspace.readWholeDocument(await findFinished(workspace, id)),
  };
}

export type ReportService = Awaited<ReturnType<typeof reportService>>;
