import type { Configuration } from '../workspace/configuration.js';
import type { ArchiveService } from './threads/archive-service.js';
import type { CompareService } from './threads/compare-service.js';
import type { InstanceService } from './threads/instance-service.js';
import type { LabelService } from './threads/label-service.js';
import type { LoopService } from './threads/loop-service.js';
import type { ReportService } from './threads/report-service.js';
import type { RowService } from './threads/row-service.js';
import type { LabelSetService } from './threads/label-set-service.js';
import { ServiceThread } from './threads/service-thread.js';

/** What routes ask: each service answers from a thread of its own, started when first needed. */
export interface Backend {
  /** Name and version of the program. */
  readonly program: string;
  readonly archive: ServiceThread<ArchiveService>;
  readonly rows: ServiceThread<RowService>;
  readonly instances: ServiceThread<InstanceService>;
  readonly labels: ServiceThread<LabelService>;
  readonly labelSets: ServiceThread<LabelSetService>;
  readonly loops: ServiceThread<LoopService>;
  readonly reports: ServiceThread<ReportService>;
  readonly comparisons: ServiceThread<CompareService>;
  close(): Promise<void>;
}

/** For threads that read and look up; the others compute, and have longer. */
const quick = { limitMilliseconds: 120_000 };

export function openBackend(configuration: Configuration, program: string): Backend {
  const archive = new ServiceThread<ArchiveService>('archive', configuration, quick);
  const rows = new ServiceThread<RowService>('rows', configuration, quick);
  const instances = new ServiceThread<InstanceService>('instances', configuration);
  const labels = new ServiceThread<LabelService>('labels', configuration, quick);
  const labelSets = new ServiceThread<LabelSetService>('labelSets', configuration);
  const loops = new ServiceThread<LoopService>('loops', configuration);
  const reports = new ServiceThread<ReportService>('reports', configuration);
  const comparisons = new ServiceThread<CompareService>('comparisons', configuration);
  return {
    program,
    archive,
    rows,
    instances,
    labels,
    labelSets,
    loops,
    reports,
    comparisons,
    close: async () => {
      await Promise.all(
        [archive, rows, instances, labels, labelSets, loops, reports, comparisons].map((thread) => thread.close()),
      );
    },
  };
}
