import type { Predictions } from '../../ml/classifiers/classifier.js';
import type { ClassName } from '../../ml/model-selection/trained-model.js';
import type { Truth } from './class-task.js';
import type { ClassifySettings } from './settings.js';

/** Rows of one part with what they are known to be; all columns of length n. */
interface PartRows {
  /** `train`, `test`, `fold.N`, `unlabeled`, `dataset:NAME`. */
  readonly part: string;
  /** -1 outside cross-validation. */
  readonly fold: number;
  readonly ids: readonly string[];
  readonly idents: readonly string[];
  readonly truth: Truth;
  /** Class index by the truth: -1 unknown, `classes.length` for a class the model has never seen. */
  readonly trueClass: Int32Array;
}

/** Which predictions of a part of n rows are rejected, and why. */
export interface Rejection {
  /** Length n: conformal credibility of the predicted class, see `Credibility`. */
  readonly credibility: Float64Array;
  /** Length n: tells apart what is equally little credible; larger = farther from the training rows. */
  readonly farness: Float64Array;
  /** Length n: 1 for a rejected one. */
  readonly rejected: Uint8Array;
}

/** Rows of one part with what the model says of them. */
export interface JudgedPart extends PartRows {
  readonly classes: readonly ClassName[];
  /** Most probable class. */
  readonly predictedClass: Uint32Array;
  /** What decides: the probability of being malicious, or the score of a model without probabilities. */
  readonly value: Float64Array;
  readonly scale: 'probability' | 'score';
  /** Probability of being malicious, NaN without. */
  readonly probability: Float64Array;
  /** Probability of being malicious before calibration; absent without calibration, or where the model has none. */
  readonly uncalibrated?: Float64Array;
  /** Decision value; NaN where the model has probabilities only, or has them for more than two classes. */
  readonly score: Float64Array;
  /** Only with --reject, and of rows that were not trained on. */
  readonly rejection?: Rejection;
}

/** Joins rows and predictions. In a multiclass task the probability of being malicious is that of all its families. */
export function judge(rows: PartRows, predictions: Predictions, classes: readonly ClassName[]): JudgedPart {
  const n = rows.ids.length;
  const { probabilities, scores, classCount, uncalibrated } = predictions;
  const probability = new Float64Array(n).fill(Number.NaN);
  const score = new Float64Array(n).fill(Number.NaN);
  const predictedClass = new Uint32Array(n);
  const perRow = scores ? scores.length / Math.max(1, n) : 0;
  for (let i = 0; i < n; i++) {
    if (probabilities) {
      probability[i] = maliciousProbability(probabilities, i * classCount, classes);
      predictedClass[i] = largest(probabilities, i * classCount, classCount);
    }
    if (scores && perRow === 1) score[i] = scores[i];
    if (!probabilities && scores) {
      predictedClass[i] = perRow === 1 ? Number(scores[i] > 0) : largest(scores, i * classCount, classCount);
      if (perRow > 1) score[i] = maliciousScore(scores, i * classCount, classes);
    }
  }
  const scale = probabilities ? 'probability' : 'score';
  const value = probabilities ? probability : score;
  const before = uncalibrated && {
    uncalibrated: probability.map((_, i) => maliciousProbability(uncalibrated, i * classCount, classes)),
  };
  return { ...rows, classes, predictedClass, value, scale, probability, score, ...before };
}

function maliciousProbability(probabilities: Float64Array, at: number, classes: readonly ClassName[]): number {
  let sum = 0;
  for (let k = 0; k < classes.length; k++) if (classes[k].malicious) sum += probabilities[at + k];
  return Math.min(1, sum);
}

/** By how much the best malicious class is ahead of the best benign one. */
function maliciousScore(scores: Float64Array, at: number, classes: readonly ClassName[]): number {
  let [malicious, benign] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < classes.length; k++) {
    if (classes[k].malicious) malicious = Math.max(malicious, scores[at + k]);
    else benign = Math.max(benign, scores[at + k]);
  }
  // Families of one label only leave the other without a score.
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, malicious - benign));
}

function largest(values: Float64Array, at: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[at + k] > values[at + best]) best = k;
  return best;
}

/** The rows of a part whose label is known. */
export function labelledRows(part: JudgedPart): Uint32Array {
  const { label } = part.truth;
  const rows = new Uint32Array(label.length);
  let count = 0;
  for (let i = 0; i < label.length; i++) if (label[i] !== -1) rows[count++] = i;
  return rows.subarray(0, count);
}

/** Where the part is cut: a row is called malicious iff its value is greater. */
export function decisionThreshold(part: JudgedPart, settings: ClassifySettings): number {
  return settings.detectionThreshold ?? (part.scale === 'probability' ? 0.5 : 0);
}
