import { descendingOrder } from '../../../ml/metrics/row-order.js';
import { type FeatureMatrix, selectRows } from '../../../ml/matrix/feature-matrix.js';
import type { TrainedModel } from '../../../ml/model-selection/trained-model.js';
import type { JudgedPart } from '../judged-part.js';

/** A part that was not trained on, with what is needed to look into its alerts. */
export interface AlertSource {
  readonly part: JudgedPart;
  readonly model: TrainedModel;
  /** Rows of the dataset that the model was trained on. */
  readonly trainedOn: Uint32Array;
  /** Features by the names of the model, of which the part is the rows `rows`; null where they were not kept. */
  readonly features: { readonly X: () => FeatureMatrix; readonly rows: Uint32Array } | null;
}

/** An alert: a row of a source. */
interface Alert {
  readonly source: AlertSource;
  readonly row: number;
}

/** The alerts of a part, the highest first; n of them. */
export interface AlertList {
  /** Of several folds together `cv`. */
  readonly part: string;
  readonly threshold: number;
  readonly scale: JudgedPart['scale'];
  readonly instances: number;
  readonly alerts: readonly Alert[];
}

/** The alerts of some sources as one part. By score where each has one, for it tells apart what probabilities of 1 do not. */
export function alertsOf(part: string, sources: readonly AlertSource[], threshold: number): AlertList {
  const found: Alert[] = [];
  for (const source of sources) {
    const { value } = source.part;
    for (let row = 0; row < value.length; row++) if (value[row] > threshold) found.push({ source, row });
  }
  const scored = sources.length === 1 && found.every(({ source, row }) => !Number.isNaN(source.part.score[row]));
  const ranking = Float64Array.from(found, ({ source, row }) => (scored ? source.part.score : source.part.value)[row]);
  return {
    part,
    threshold,
    scale: sources[0].part.scale,
    instances: sources.reduce((sum, source) => sum + source.part.value.length, 0),
    alerts: Array.from(descendingOrder(ranking), (k) => found[k]),
  };
}

/** The features of alerts of one base (n×d), in their order; null where they were not kept. */
export function featuresOf(alerts: readonly Alert[]): FeatureMatrix | null {
  const base = alerts[0]?.source.features;
  if (!base) return null;
  const X = base.X();
  const rows = Uint32Array.from(alerts, ({ source, row }) => source.features?.rows[row] ?? 0);
  return selectRows(X, rows);
}
