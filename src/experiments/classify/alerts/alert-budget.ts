import { counted } from '../../../errors.js';
import { scoreCurve } from '../../../ml/metrics/score-curve.js';
import { thresholdForAlertBudget } from '../../../ml/metrics/thresholds.js';
import { parts } from '../../../schema/vocabulary.js';
import type { JudgedPart } from '../judged-part.js';
import { partInWords } from '../part-in-words.js';
import type { ClassifySettings } from '../settings.js';

/** The settings with the threshold that an alert budget comes to, and what is to be told of it. */
export interface DecidedThreshold {
  readonly settings: ClassifySettings;
  readonly warnings: readonly string[];
}

/**
 * The lowest threshold at which at most `settings.alertBudget` of the instances that the model was not trained on raise
 * an alert: of the test part, of all folds or all validation datasets together, else of the rows without a label. It
 * then holds for every part. Without a budget the settings as they are.
 */
export function keepToAlertBudget(settings: ClassifySettings, judged: readonly JudgedPart[]): DecidedThreshold {
  const { alertBudget } = settings;
  if (alertBudget === undefined) return { settings, warnings: [] };
  const judgedBy = heldOut(judged);
  const values = Float64Array.from(judgedBy.flatMap(({ value }) => Array.from(value)));
  const curve = scoreCurve(values, new Uint8Array(values.length));
  const threshold = thresholdForAlertBudget(curve, alertBudget);
  if (threshold === null) return { settings, warnings: [] };
  const alerts = values.reduce((count, value) => count + Number(value > threshold), 0);
  const whose = judgedBy.length === 1 ? partInWords(judgedBy[0].part) : 'all that is judged, taken together';
  const warnings: string[] = [];
  const tied = values.reduce((count, value) => count + Number(value === threshold), 0);
  if (alerts < Math.min(alertBudget, values.length) && alerts + tied > alertBudget) {
    warnings.push(
      `an alert budget of ${alertBudget} leaves ${counted(alerts, 'alert')} (${whose}): ${counted(tied, 'instance')} tie at ${threshold}, which no threshold tells apart; a budget of ${alerts + tied} has them all (secuml predict --top ${alertBudget} takes that many, ties by their order)`,
    );
  }
  return { settings: { ...settings, detectionThreshold: threshold }, warnings };
}

function heldOut(judged: readonly JudgedPart[]): readonly JudgedPart[] {
  const kinds: ((part: JudgedPart) => boolean)[] = [
    ({ fold }) => fold !== -1,
    ({ part }) => part.startsWith('dataset:'),
    ({ part }) => part === parts.test,
    ({ part }) => part === parts.unlabeled,
  ];
  for (const kind of kinds) {
    const found = judged.filter(kind);
    if (found.length > 0) return found;
  }
  return judged;
}
