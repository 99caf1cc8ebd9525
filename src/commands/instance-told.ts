import type { FeaturePage, Instance, NearestInstances } from '../schema/api/instance.js';
import { instanceService } from '../server/threads/instance-service.js';
import { rowService } from '../server/threads/row-service.js';
import type { Configuration } from '../workspace/configuration.js';

/** What is told of one instance, as the pages tell it. */
export interface InstanceTold {
  readonly instance: Instance;
  /** Those that count most. */
  readonly features: FeaturePage['features'];
  readonly nearest: NearestInstances;
}

const featureCount = 10;
/** Of each class. */
const neighbourCount = 3;

/** Throws UserError for an unknown instance, and where the dataset or the result cannot be read. */
export async function instanceTold(
  configuration: Configuration,
  wanted: { readonly id: string; readonly instanceId: string; readonly part?: string },
): Promise<InstanceTold> {
  const rows = await rowService(configuration);
  const service = await instanceService(configuration);
  const predictions = await rows.ofInstance(wanted);
  const query = { order: 'contribution' as const, offset: 0, limit: featureCount };
  return {
    instance: await service.instance({ ...wanted, predictions, views: [] }),
    features: (await service.features({ ...wanted, query })).features,
    nearest: await service.nearest({ ...wanted, predictions, count: neighbourCount }),
  };
}
