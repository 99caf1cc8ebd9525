import type { InstanceView } from '../../schema/api/instance.js';
import { validationDataset } from '../../workspace/dataset/request-settings.js';
import type { ExperimentRecord } from '../../workspace/experiment/experiment-record.js';
import type { InstanceOrigin } from './opened-experiment.js';
import { listInstanceViews, readInstanceView, readViewPage } from '../../workspace/dataset/instance-views.js';

/** Names a view of an instance. */
export type WantedView = InstanceOrigin & { readonly instance: string; readonly name: string };

/** The project's own views of its instances. */
export function viewReading(inputDir: string, find: (id: string) => Promise<ExperimentRecord>) {
  const projectOf = async (origin: InstanceOrigin): Promise<string> =>
    'id' in origin ? (await find(origin.id)).project : origin.project;

  return {
    views: async (origin: InstanceOrigin) => listInstanceViews(inputDir, await projectOf(origin)),

    view: async ({ instance, name, ...origin }: WantedView): Promise<Omit<InstanceView, 'frame'>> => {
      const { project, dataset } = 'id' in origin ? await find(origin.id) : origin;
      const other = 'id' in origin ? validationDataset(origin.part) : undefined;
      return readInstanceView({ inputDir, project, dataset: other ?? dataset, instanceId: instance }, name);
    },

    viewPage: async ({ name, ...origin }: InstanceOrigin & { readonly name: string }): Promise<string> =>
      readViewPage(inputDir, await projectOf(origin), name),
  };
}
