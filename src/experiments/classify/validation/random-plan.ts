import { counted, UserError } from '../../../errors.js';
import { groupedFolds } from '../../../ml/model-selection/grouped-folds.js';
import { roundsOfFolds } from '../../../ml/model-selection/rounds.js';
import { stratifiedFolds } from '../../../ml/model-selection/stratified-folds.js';
import { stratifiedSplit } from '../../../ml/model-selection/stratified-split.js';
import { foldPart } from '../../../schema/vocabulary.js';
import type { Validation } from '../settings.js';
import { groupsOf, idsOf, type LabelledRows } from './labelled-rows.js';
import { nothingLeftOut } from './past-and-future.js';
import type { ValidationRound } from './validation-plan.js';

type ModeOf<M extends Validation['mode']> = Extract<Validation, { mode: M }>;

/** A random share of each class, or of whole groups, is the test. */
export function planRandom(
  of: LabelledRows,
  { testSize, groupBy }: ModeOf<'random'>,
): [train: Uint32Array, test: Uint32Array] {
  const groups = groupsOf(of, groupBy);
  const { train, test } = groups
    ? roundsOfFolds(groupedFolds(idsOf(of), groups, of.strata, [1 - testSize, testSize], of.seed), 2)[1]
    : stratifiedSplit(idsOf(of), of.strata, testSize, of.seed);
  if (test.length === 0 || train.length === 0) {
    const [verb, size] = test.length === 0 ? ['test', 'larger'] : ['train', 'smaller'];
    throw new UserError(
      `--test-size ${testSize} of ${counted(of.rows.length, 'labelled instance')}${groups ? `, whole groups of "${groupBy}",` : ''} leaves nothing to ${verb} on`,
      { hint: `take a ${size} --test-size, or --validation cv, which judges every instance` },
    );
  }
  return [toRows(of, train), toRows(of, test)];
}

/** Each fold is judged once by a model trained without it. */
export function planFolds(of: LabelledRows, { folds, groupBy }: ModeOf<'cv'>): ValidationRound[] {
  const { rows, strata, seed } = of;
  if (folds > rows.length) {
    throw new UserError(`${folds} folds need as many labelled instances; there are ${rows.length}`);
  }
  const groups = groupsOf(of, groupBy);
  if (groups) refuseFewGroups(groups, folds, groupBy ?? '');
  const dealt = groups
    ? groupedFolds(idsOf(of), groups, strata, new Array<number>(folds).fill(1 / folds), seed)
    : stratifiedFolds(idsOf(of), strata, folds, seed);
  return roundsOfFolds(dealt, folds).map(({ train, test }, fold) => ({
    part: foldPart(fold),
    fold,
    train: toRows(of, train),
    test: toRows(of, test),
    leftOut: nothingLeftOut,
  }));
}

function refuseFewGroups(groups: Int32Array, folds: number, groupBy: string): void {
  const distinct = new Set(groups);
  const empty = groups.reduce((count, group) => count + Number(group < 0), 0);
  const count = distinct.size + (empty > 0 ? empty - 1 : 0);
  if (count >= folds) return;
  throw new UserError(
    `${folds} folds need as many groups; the labelled instances are of ${counted(count, 'group')} of "${groupBy}"`,
    {
      hint: 'take fewer --folds, or another column',
    },
  );
}

function toRows({ rows }: LabelledRows, positions: Uint32Array): Uint32Array {
  return positions.map((position) => rows[position]);
}
