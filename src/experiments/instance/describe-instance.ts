import type { Instance } from '../../schema/api/instance.js';
import type { PredictionRow } from '../../schema/api/rows.js';
import { datasetPart } from '../../schema/vocabulary.js';
import type { Verdict } from './instance-explanation.js';
import type { GroupRows, KnownInstances } from './reference-groups.js';

/** What is at hand of an instance. */
export interface InstanceSources {
  readonly known: KnownInstances;
  readonly row: number;
  readonly groups: readonly GroupRows[];
  /** What the experiment said of instances of this id, in any part. */
  readonly predictions: readonly PredictionRow[];
  /** What its model says now; or why that is not known; null for an instance that no experiment is asked about. */
  readonly verdict: Verdict | { readonly problem: string } | null;
  /** Is the dataset a validation dataset of the experiment? */
  readonly isValidation: boolean;
  /** The dataset's hash when the experiment ran; null where it was not kept. */
  readonly hash: string | null;
  readonly views: Instance['views'];
}

/** An instance as pages show it. */
export function describeInstance(sources: InstanceSources): Instance {
  const { known, row, groups, verdict, views } = sources;
  const { dataset } = known;
  const time = dataset.timestamps?.[row] ?? Number.NaN;
  const predictions = sources.predictions.filter(({ part }) => belongs(part, sources));
  const explained = verdict === null || 'problem' in verdict ? null : verdict.explanation;
  return {
    instanceId: dataset.ids[row],
    ident: dataset.idents[row],
    project: dataset.project,
    dataset: dataset.name,
    label: known.label(row),
    family: known.family(row),
    timestamp: Number.isNaN(time) ? null : new Date(time).toISOString(),
    predictions,
    featureCount: dataset.featureNames.length,
    groups: groups.map(({ group, title, rows }) => ({ group, title, instances: rows.length })),
    explanation: explained && {
      output: explained.output,
      base: explained.base,
      total: explained.total,
      ...(explained.beforeCalibration && { beforeCalibration: true }),
    },
    noExplanation: verdict && ('problem' in verdict ? verdict.problem : verdict.noExplanation),
    views: [...views],
    notes: notesOf(sources, predictions),
  };
}

/** An id may occur in the dataset and in validation datasets: each has its own parts. */
function belongs(part: string, { isValidation, known }: InstanceSources): boolean {
  return isValidation ? part === datasetPart(known.dataset.name) : !part.startsWith(datasetPart(''));
}

function notesOf({ known, hash, verdict }: InstanceSources, predictions: readonly PredictionRow[]): string[] {
  const notes: string[] = [];
  if (hash !== null && hash !== known.dataset.hash) {
    notes.push(
      'the files or labels of the dataset have changed since the experiment: features, label and groups are those of now',
    );
  }
  if (verdict === null || 'problem' in verdict) return notes;
  const byKept = predictions.filter(({ fold }) => fold === null);
  if (
    byKept.some(
      (prediction) => differs(prediction.probability, verdict.probability) || differs(prediction.score, verdict.score),
    )
  ) {
    notes.push('the model says something else of this instance now than in the experiment: its features have changed');
  }
  if (predictions.some(({ fold }) => fold !== null)) {
    notes.push('the explanation is of the model that was kept; the folds were predicted by others');
  }
  return notes;
}

/** A stored model gives the same bits again; null stands for a value the model does not have. */
function differs(then: number | null, now: number): boolean {
  return then === null ? Number.isFinite(now) : then !== now;
}
