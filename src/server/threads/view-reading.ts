import type { InstanceView } from '../../schema/api/instance.js';
import { validationDataset } from '../../workspace/dataset/request-settings.js';
import type { ExperimentRecord } from '../../workspace/experiment-record.js';
import { listInstanceViews, readInstanceView, readViewPage } from '../../workspace/instance-views.js';

/** Names a view of an instance; `part` tells which dataset the instance is of. */
export interface WantedView {
  readonly id: string;
  readonly instance: string;
  readonly name: string;
  readonly part?: string;
}

/** The project's own views of its instances. */
export function viewReading(inputDir: string, find: (id: string) => Promise<ExperimentRecord>) {
  return {
    views: async (id: string) => listInstanceViews(inputDir, (await find(id)).project),

    view: async ({ id, instance, name, part }: WantedView): Promise<Omit<InstanceView, 'frame'>> => {
      const { project, dataset } = await find(id);
      const viewed = { inputDir, project, dataset: validationDataset(part) ?? dataset, instanceId: instance };
      return readInstanceView(viewed, name);
    },

    viewPage: async ({ id, name }: Pick<WantedView, 'id' | 'name'>): Promise<string> =>
      readViewPage(inputDir, (await find(id)).project, name),
  };
}
