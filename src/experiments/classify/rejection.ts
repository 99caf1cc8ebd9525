import { credibilityOf } from '../../ml/credibility/credibility.js';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import type { TrainedModel } from '../../ml/model-selection/trained-model.js';
import type { ExperimentContext } from '../experiment.js';
import { decisionThreshold, type JudgedPart, type Rejection } from './judged-part.js';
import type { ClassifySettings } from './settings.js';

/**
 * The part with its rejections: of each part the share `settings.reject` that is least credible, so that it is as much
 * work in each. Those that tie are rejected together or not at all. The part itself without --reject.
 * @param X the rows of the part with the features of the model
 */
export async function withRejection(
  part: JudgedPart,
  X: () => FeatureMatrix,
  model: TrainedModel,
  settings: ClassifySettings,
  context: ExperimentContext,
): Promise<JudgedPart> {
  if (settings.reject && model.credibility) context.stage(`how credible are the predictions of ${part.part}`);
  return rejectLeastCredible(await withCredibility(part, X, model, settings, context), settings);
}

/** The part with the credibility of its predictions, none of which is rejected yet: of a whole part, or of a batch. */
export async function withCredibility(
  part: JudgedPart,
  X: () => FeatureMatrix,
  model: TrainedModel,
  settings: ClassifySettings,
  context: Omit<ExperimentContext, 'stage'>,
): Promise<JudgedPart> {
  if (!settings.reject || !model.credibility) return part;
  const told = await credibilityOf(model.credibility, X(), calledClasses(part, settings), context);
  return { ...part, rejection: { ...told, rejected: new Uint8Array(part.ids.length) } };
}

/** The part with the least credible of its predictions rejected. */
export function rejectLeastCredible(part: JudgedPart, settings: ClassifySettings): JudgedPart {
  if (!settings.reject || !part.rejection) return part;
  const { credibility, farness } = part.rejection;
  const order = leastCredibleFirst({ credibility, farness });
  const rejected = new Uint8Array(order.length);
  const count = cutAt({ credibility, farness }, order, settings.reject);
  for (let k = 0; k < count; k++) rejected[order[k]] = 1;
  return { ...part, rejection: { credibility, farness, rejected } };
}

/** The class that each row is called: by the threshold in the binary task. */
function calledClasses(part: JudgedPart, settings: ClassifySettings): Uint32Array {
  if (settings.multiclass) return part.predictedClass;
  const threshold = decisionThreshold(part, settings);
  return Uint32Array.from(part.value, (value) => Number(value > threshold));
}

type Told = Pick<Rejection, 'credibility' | 'farness'>;

/** Rows by ascending credibility, the farther first among equals. */
export function leastCredibleFirst({ credibility, farness }: Told): Uint32Array {
  const order = Uint32Array.from(credibility.keys());
  return order.sort((a, b) => credibility[a] - credibility[b] || descending(farness[a], farness[b]) || a - b);
}

// Both may be infinite: a difference would be NaN.
const descending = (a: number, b: number): number => (a > b ? -1 : a < b ? 1 : 0);

/** How many rows of `order` are at most the share of all, without telling ties apart. */
export function cutAt({ credibility, farness }: Told, order: Uint32Array, share: number): number {
  let count = Math.floor(share * order.length + 1e-9);
  const ties = (a: number, b: number): boolean => credibility[a] === credibility[b] && farness[a] === farness[b];
  while (count > 0 && count < order.length && ties(order[count - 1], order[count])) count--;
  return count;
}
