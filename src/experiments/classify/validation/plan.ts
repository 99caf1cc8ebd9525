import { UserError } from '../../../errors.js';
import type { Dataset } from '../../../ml/matrix/dataset.js';
import { stratifiedFolds } from '../../../ml/model-selection/stratified-folds.js';
import { stratifiedSplit } from '../../../ml/model-selection/stratified-split.js';
import { foldPart, parts } from '../../../schema/vocabulary.js';
import type { Validation } from '../settings.js';

/** Train on some labelled rows, judge on others. Rows are ascending and disjoint. */
export interface Round {
  /** The part that the judged rows are called. */
  readonly part: string;
  /** Number of the fold, -1 outside cross-validation. */
  readonly fold: number;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

export interface ValidationPlan {
  readonly rounds: readonly Round[];
  /** What the model that is kept learns from; null: it is the model of the only round. */
  readonly finalRows: Uint32Array | null;
}

/**
 * The rounds of a validation over the labelled rows of a dataset.
 * @param labelled rows with a label, ascending
 * @param strata class of each labelled row
 */
export function planValidation(
  validation: Validation,
  dataset: Dataset,
  labelled: Uint32Array,
  strata: Int32Array,
  seed: number,
): ValidationPlan {
  const ids = Array.from(labelled, (row) => dataset.ids[row]);
  const toRows = (positions: Uint32Array): Uint32Array => positions.map((position) => labelled[position]);
  switch (validation.mode) {
    case 'random': {
      const { train, test } = stratifiedSplit(ids, strata, validation.testSize, seed);
      if (test.length === 0 || train.length === 0) {
        throw new UserError(
          `--test-size ${validation.testSize} of ${labelled.length} labelled instances leaves nothing to ${test.length === 0 ? 'test' : 'train'} on`,
          {
            hint: `take a ${test.length === 0 ? 'larger' : 'smaller'} --test-size, or --validation cv, which judges every instance`,
          },
        );
      }
      return { rounds: [testRound(toRows(train), toRows(test))], finalRows: null };
    }
    case 'fixed': {
      const [train, test] = splitByIds(validation.testIds, dataset, labelled);
      return { rounds: [testRound(train, test)], finalRows: null };
    }
    case 'cv': {
      if (validation.folds > labelled.length) {
        throw new UserError(`${validation.folds} folds need as many labelled instances; there are ${labelled.length}`);
      }
      const folds = stratifiedFolds(ids, strata, validation.folds, seed);
      const rounds = Array.from({ length: validation.folds }, (_, fold) => ({
        part: foldPart(fold),
        fold,
        train: labelled.filter((_, i) => folds[i] !== fold),
        test: labelled.filter((_, i) => folds[i] === fold),
      }));
      return { rounds, finalRows: labelled };
    }
    case 'datasets':
    case 'unlabeled':
      return { rounds: [], finalRows: labelled };
  }
}

function testRound(train: Uint32Array, test: Uint32Array): Round {
  return { part: parts.test, fold: -1, train, test };
}

function splitByIds(testIds: ReadonlySet<string>, dataset: Dataset, labelled: Uint32Array): [Uint32Array, Uint32Array] {
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
