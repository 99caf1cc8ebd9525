import { UserError } from '../../../errors.js';
import type { Dataset } from '../../../ml/matrix/dataset.js';
import { groupedFolds } from '../../../ml/model-selection/grouped-folds.js';
import { type Round, roundsOfFolds } from '../../../ml/model-selection/rounds.js';
import { stratifiedFolds } from '../../../ml/model-selection/stratified-folds.js';
import { equalCounts } from '../../../ml/model-selection/time-window.js';
import type { ClassifySettings, TimeOrder } from '../settings.js';
import { groupsOf, hasTwoClasses, timesOf } from './labelled-rows.js';
import { pastAndFuture } from './past-and-future.js';

/**
 * Rounds of the search and the calibration inside a training part, in the order of the validation: by time (each of `tuningFolds` spans with
 * equally many rows judged by what came before it, gap and label delay kept), by group, or undefined where the
 * validation knows no order and stratified folds will do.
 * @param rows training rows of the dataset, ascending
 * @param y length of `rows`: their classes
 */
export function tuningRounds(
  dataset: Dataset,
  rows: Uint32Array,
  y: Uint32Array,
  { validation, tuningFolds }: ClassifySettings,
  seed: number,
): readonly Round[] | undefined {
  const strata = Int32Array.from(y);
  switch (validation.mode) {
    case 'random':
    case 'cv': {
      const groups = groupsOf({ dataset, rows }, validation.groupBy);
      const ids = Array.from(rows, (row) => dataset.ids[row]);
      if (!groups) return drawn(ids, strata, tuningFolds, seed, validation.mode);
      const weights = new Array<number>(tuningFolds).fill(1 / tuningFolds);
      const rounds = roundsOfFolds(groupedFolds(ids, groups, strata, weights, seed), tuningFolds);
      return usable(rounds, strata, 'whole groups', validation.mode);
    }
    case 'temporal':
    case 'cutoff':
    case 'temporal-cv':
    case 'sliding-window': {
      const times = timesOf({ dataset, rows }, validation.mode);
      const groups = groupsOf({ dataset, rows }, validation.groupBy);
      return usable(inTime(times, groups, tuningFolds, validation), strata, 'the order of time', validation.mode);
    }
    default: {
      const ids = Array.from(rows, (row) => dataset.ids[row]);
      return drawn(ids, strata, tuningFolds, seed, validation.mode);
    }
  }
}

/** Stratified folds without those that leave one class to train on, as its only row of the other is judged. */
function drawn(
  ids: readonly string[],
  strata: Int32Array,
  folds: number,
  seed: number,
  mode: string,
): readonly Round[] | undefined {
  const rounds = roundsOfFolds(stratifiedFolds(ids, strata, folds, seed), folds);
  // What the training draws by itself is the same.
  if (rounds.every(({ train }) => hasTwoClasses(strata, train))) return undefined;
  return usable(rounds, strata, 'stratified folds', mode);
}

function inTime(times: Float64Array, groups: Int32Array | null, folds: number, order: TimeOrder): Round[] {
  const begins = equalCounts(times, folds + 1) ?? [];
  return begins
    .slice(1)
    .map((testFrom, k) =>
      pastAndFuture(times, groups, { trainFrom: -Infinity, testFrom, testUntil: begins[k + 2] ?? Infinity }, order),
    );
}

/** The rounds that can be trained and judged; throws UserError if there is none. */
function usable(rounds: readonly Round[], strata: Int32Array, order: string, mode: string): readonly Round[] {
  const kept = rounds.filter(({ train, test }) => test.length > 0 && hasTwoClasses(strata, train));
  if (kept.length > 0) return kept;
  throw new UserError(
    `--validation ${mode}: the training part cannot be shared out for tuning in ${order}: in no round there are two classes to train on and rows to judge`,
    {
      hint: '--no-tuning takes the single defaults of the model, and probabilities need no --calibrate; or train on more',
    },
  );
}
