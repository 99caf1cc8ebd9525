import { UserError } from '../../errors.js';
import { decisionThreshold } from '../../report/build-report.js';
import { chooseRows } from '../../report/choose-rows.js';
import { predictionRow } from '../../rows/prediction-row.js';
import type { RowColumns } from '../../rows/row-columns.js';
import {
  type FeaturePage,
  type FeatureSummary,
  featureOrders,
  type NearestInstances,
} from '../../schema/api/instance.js';
import type { PredictionRow } from '../../schema/api/rows.js';
import type { PayloadInstance } from '../../schema/report-payload.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { StoredMaterial } from '../../workspace/experiment/report-material.js';
import type { InstanceService, WantedInstance } from './instance-service.js';

/** What a report tells of single features and instances, and what could not be had. */
export interface ReportDetails {
  readonly features: FeatureSummary[];
  readonly instances: PayloadInstance[];
  readonly notes: string[];
}

const mostFeatures = 100;
const mostInstances = 100;
/** Of each order in which a panel can list the features of an instance. */
const featuresOfInstance = 12;
/** Of each class. */
const nearestOfInstance = 2;
/** Cells gone through for all instances together, once for where each stands and once for the nearest to it. */
const mostCells = 1e9;

/**
 * The best-ranked features and the instances most worth a look, as the instance panel shows them. They need the dataset:
 * where it cannot be read any more, the report goes without and says so.
 */
export async function reportDetails(
  service: InstanceService,
  id: string,
  { page, panels, predictions }: StoredMaterial,
): Promise<ReportDetails> {
  const { rows = 0, columns = 0 } = page.document?.dataset ?? {};
  try {
    const features: FeatureSummary[] = [];
    const wanted = page.document?.kind === 'stats' ? [] : bestFeatures(panels, columns);
    for (const index of wanted) features.push(await service.feature({ id, index }));
    const most = Math.max(1, Math.min(mostInstances, Math.floor(mostCells / Math.max(1, 2 * rows * columns))));
    const instances =
      predictions === null ? [] : await detailsOfInstances(service, id, predictions, most, decisionThreshold(panels));
    return { features, instances, notes: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { features: [], instances: [], notes: [`no details of features and instances (${error.message})`] };
  }
}

/** Those with the largest weight in any class; the first ones of a model without weights. */
function bestFeatures(panels: readonly AnyPanel[], columns: number): number[] {
  const panel = panels.find((candidate) => candidate.kind === 'importance');
  // A document may claim any number of columns.
  const first = (most: number): number[] => Array.from({ length: Math.min(columns, most) }, (_, index) => index);
  if (panel?.kind !== 'importance') return first(mostFeatures);
  const weight = (index: number): number =>
    panel.data.series.reduce((largest, { values }) => Math.max(largest, Math.abs(values[index])), 0);
  return first(panel.data.features.length)
    .sort((a, b) => weight(b) - weight(a) || a - b)
    .slice(0, mostFeatures);
}

async function detailsOfInstances(
  service: InstanceService,
  id: string,
  columns: RowColumns,
  most: number,
  threshold: number,
): Promise<PayloadInstance[]> {
  const { part } = columns;
  // What the model learned from is looked at least.
  const judged = { ...part, codes: part.codes.map((code) => (part.names[code] === 'train' ? -1 : code)) };
  const chosen = chooseRows({ ...columns, part: judged }, most, threshold);
  const instances = new Map<string, PayloadInstance>();
  for (const row of chosen) {
    const prediction = predictionRow(columns, row);
    const { instanceId } = prediction;
    const wanted = { id, instanceId, part: prediction.part };
    if (instances.has(instanceId)) continue;
    const instance = await service.instance({ ...wanted, predictions: [prediction], views: [] });
    const features = await featuresOf(service, wanted);
    instances.set(instanceId, { instance, features, nearest: await nearestOf(service, wanted, prediction) });
  }
  return [...instances.values()].sort((a, b) => a.instance.predictions[0].rank - b.instance.predictions[0].rank);
}

async function nearestOf(
  service: InstanceService,
  wanted: WantedInstance,
  prediction: PredictionRow,
): Promise<NearestInstances | null> {
  try {
    return await service.nearest({ ...wanted, predictions: [prediction], count: nearestOfInstance });
  } catch (error) {
    // A validation dataset may lack features of what the model learned from.
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** The first features in each order, each feature once. */
async function featuresOf(service: InstanceService, wanted: WantedInstance): Promise<FeaturePage['features']> {
  const found = new Map<number, FeaturePage['features'][number]>();
  for (const order of featureOrders) {
    if (order === 'name' || order === 'index') continue;
    const query = { order, offset: 0, limit: featuresOfInstance };
    const { features } = await service.features({ ...wanted, query });
    for (const feature of features) found.set(feature.index, feature);
  }
  return [...found.values()];
}
