import { UserError } from '../../../errors.js';
import type { Dataset } from '../../../ml/matrix/dataset.js';
import { parts } from '../../../schema/vocabulary.js';
import type { Validation } from '../settings.js';
import { planBuckets } from './bucket-plan.js';
import { planCut } from './cut-plan.js';
import type { LabelledRows } from './labelled-rows.js';
import { nothingLeftOut } from './past-and-future.js';
import { planFolds, planRandom } from './random-plan.js';
import type { ValidationPlan } from './validation-plan.js';

/**
 * The rounds of a validation over the labelled rows of a dataset; throws UserError where the rows do not allow any.
 * @param labelled rows with a label, ascending
 * @param strata class of each labelled row
 * @param needsTwoClasses whether nothing can be learned from rows of one class
 */
export function planValidation(
  validation: Validation,
  dataset: Dataset,
  labelled: Uint32Array,
  strata: Int32Array,
  seed: number,
  needsTwoClasses = true,
): ValidationPlan {
  const of: LabelledRows = { dataset, rows: labelled, strata, seed, needsTwoClasses };
  switch (validation.mode) {
    case 'random':
      return onlyRound(...planRandom(of, validation));
    case 'fixed':
      return onlyRound(...splitByIds(validation.testIds, of));
    case 'cv':
      return { rounds: planFolds(of, validation), skipped: [], finalRows: labelled };
    case 'temporal':
    case 'cutoff':
      return { rounds: [planCut(of, validation)], skipped: [], finalRows: null };
    case 'temporal-cv':
    case 'sliding-window':
      return planBuckets(of, validation);
    case 'datasets':
    case 'unlabeled':
      return { rounds: [], skipped: [], finalRows: labelled };
  }
}

function onlyRound(train: Uint32Array, test: Uint32Array): ValidationPlan {
  const round = { part: parts.test, fold: -1, train, test, leftOut: nothingLeftOut };
  return { rounds: [round], skipped: [], finalRows: null };
}

function splitByIds(
  testIds: ReadonlySet<string>,
  { dataset, rows: labelled }: LabelledRows,
): [train: Uint32Array, test: Uint32Array] {
  const known = new Set(dataset.ids);
  const unknown = [...testIds].filter((id) => !known.has(id));
  if (unknown.length > 0) {
    const named = unknown
      .slice(0, 5)
      .map((id) => JSON.stringify(id))
      .join(', ');
    throw new UserError(
      `--test-ids names ${unknown.length} instance_id that ${dataset.project}/${dataset.name} does not have: ${named}`,
    );
  }
  const train = labelled.filter((row) => !testIds.has(dataset.ids[row]));
  const test = labelled.filter((row) => testIds.has(dataset.ids[row]));
  if (test.length === 0) throw new UserError('--test-ids names no labelled instance: there is nothing to test on');
  if (train.length === 0) throw new UserError('--test-ids names every labelled instance: there is nothing to train on');
  return [train, test];
}
