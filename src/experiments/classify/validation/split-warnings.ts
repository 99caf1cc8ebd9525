import { counted } from '../../../errors.js';
import { firstIdentical, repeatedRows } from '../../../ml/model-selection/identical-rows.js';
import type { Dataset } from '../../../ml/matrix/dataset.js';
import { formatDuration } from '../../../schema/duration.js';
import type { Validation } from '../settings.js';
import { showTime } from './show-time.js';
import { emptySpan, type SkippedRound, type ValidationPlan, type ValidationRound } from './validation-plan.js';

/** From this share of the tested rows on, rows that also stand on the other side are worth a word. */
const notableShare = 0.01;

/** Folds whose sizes differ by this factor make a mean that says little. */
const unevenBy = 20;

/** So many folds that are skipped for one reason are told one by one. */
const mostNamedFolds = 5;

/** A column with fewer groups than this is a category rather than a group. */
const fewestGroups = 10;

/** What the user must know of how the rows were shared out; plain sentences. */
export function splitWarnings(
  validation: Validation,
  plan: ValidationPlan,
  dataset: Dataset,
  labelled: Uint32Array,
): string[] {
  return [
    ...leftOutWarnings(validation, plan),
    ...skippedWarnings(plan),
    ...unevenWarning(validation, plan),
    ...overlapWarning(validation, plan),
    ...shuffledTimeWarning(validation, plan, dataset, labelled),
    ...leakWarnings(validation, plan, dataset),
    ...groupSizeWarning(validation, plan),
  ];
}

function leftOutWarnings(validation: Validation, { rounds }: ValidationPlan): string[] {
  if (rounds.length === 0 || !('gap' in validation)) return [];
  const sum = (why: keyof ValidationRound['leftOut']): number =>
    rounds.reduce((total, { leftOut }) => total + leftOut[why], 0);
  const each = rounds.length === 1 ? '' : ', over all folds';
  const { gap, labelDelay, groupBy } = validation;
  const { timeless } = rounds[0].leftOut;
  const warnings = [];
  if (timeless > 0) {
    warnings.push(
      `${counted(timeless, 'labelled instance has', 'labelled instances have')} no timestamp: neither trained nor tested on`,
    );
  }
  if (gap > 0) {
    warnings.push(
      `${counted(sum('gap'), 'instance is', 'instances are')} left out: within the ${formatDuration(gap)} before what is tested (--gap)${each}`,
    );
  }
  if (labelDelay > 0) {
    warnings.push(
      `${counted(sum('labelDelay'), 'instance is', 'instances are')} left out of the training: the label was not known by then (--label-delay ${formatDuration(labelDelay)})${each}`,
    );
  }
  if (groupBy !== undefined) {
    warnings.push(
      `${counted(sum('group'), 'instance is', 'instances are')} not tested on: of a "${groupBy}" that was trained on${each}`,
    );
  }
  return warnings;
}

/** Each fold that is skipped, or how many where one reason holds for many. */
function skippedWarnings({ rounds, skipped }: ValidationPlan): string[] {
  const all = rounds.length + skipped.length;
  return [...new Set(skipped.map(({ why }) => why))].flatMap((why) => {
    const folds = skipped.filter((one) => one.why === why);
    if (folds.length > mostNamedFolds) {
      const named = folds.slice(0, mostNamedFolds).map(({ fold }) => fold);
      return [`${folds.length} of ${all} folds (${named.join(', ')}, …) are skipped: ${why}`];
    }
    return folds.map(({ fold, tested: { from, until } }) => {
      const span = `from ${showTime(from)}${until === Infinity ? '' : ` to ${showTime(until)}`}`;
      return `fold ${fold} (${span}) is skipped: ${why}`;
    });
  });
}

/** Spans of equal time may hold nearly everything, or nearly nothing. */
function unevenWarning(validation: Validation, { rounds, skipped }: ValidationPlan): string[] {
  if (!('bucketBy' in validation) || validation.bucketBy !== 'time') return [];
  const sizes = [...rounds.map(({ test }) => test.length), ...skipped.filter(isEmpty).map(() => 0)];
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (most < unevenBy * least) return [];
  return [
    `folds of equal time test on ${least} to ${counted(most, 'instance')}: --bucket-by instances shares them out evenly`,
  ];
}

const isEmpty = ({ why }: SkippedRound): boolean => why === emptySpan;

/** Windows that test on several buckets move on by one. */
function overlapWarning(validation: Validation, { rounds }: ValidationPlan): string[] {
  if (validation.mode !== 'sliding-window' || validation.testBuckets === 1 || rounds.length < 2) return [];
  return [
    `the folds overlap, as each tests on ${validation.testBuckets} buckets and the next one begins a bucket later: counts and families count an instance once for each fold that it is in, and intervals are too narrow; --test-buckets 1 tests each instance once`,
  ];
}

/** Training on the future flatters: it is told wherever it can be. */
function shuffledTimeWarning(
  { mode }: Validation,
  { rounds }: ValidationPlan,
  { timestamps }: Dataset,
  labelled: Uint32Array,
): string[] {
  if (!timestamps) return [];
  if (mode === 'fixed') return rounds.some((round) => learnsLater(timestamps, round)) ? [fixedTimeWarning] : [];
  if (mode !== 'random' && mode !== 'cv') return [];
  const times = new Set<number>();
  for (const row of labelled) if (!Number.isNaN(timestamps[row])) times.add(timestamps[row]);
  if (times.size < 2) return [];
  return [
    `the instances have timestamps, but --validation ${mode} lets the model learn from later ones than it is tested on: --validation temporal${mode === 'cv' ? '-cv' : ''} tells how it does on what comes after its training`,
  ];
}

const fixedTimeWarning =
  'the instances have timestamps, and --test-ids lets the model learn from later ones than some that it is tested on: --validation temporal tells how it does on what comes after its training';

function learnsLater(timestamps: Float64Array, { train, test }: ValidationRound): boolean {
  let [latest, first] = [-Infinity, Infinity];
  for (const row of train) if (timestamps[row] > latest) latest = timestamps[row];
  for (const row of test) if (timestamps[row] < first) first = timestamps[row];
  return latest > first;
}

/** Rows that the model may know by heart: the same features on both sides, or the same group. */
function leakWarnings({ mode }: Validation, { rounds }: ValidationPlan, dataset: Dataset): string[] {
  // In time, what comes again is part of what a model meets at work.
  if (mode !== 'random' && mode !== 'cv' && mode !== 'fixed') return [];
  const tested = rounds.reduce((sum, { test }) => sum + test.length, 0);
  const identical = firstIdentical(dataset.X);
  const repeated = rounds.reduce((sum, { train, test }) => sum + repeatedRows(identical, train, test), 0);
  const share = (count: number): string =>
    `${count} of ${counted(tested, 'tested instance')} (${percent(count, tested)})`;
  const warnings = [];
  if (repeated > 0 && repeated >= notableShare * tested) {
    warnings.push(
      `${share(repeated)} have exactly the features of an instance trained on: a model that learned by heart gets them right`,
    );
  }
  for (const [name, { group, names }] of dataset.groups ?? []) {
    if (names.length < fewestGroups) continue;
    const shared = rounds.reduce((sum, round) => sum + ofKnownGroups(group, round), 0);
    if (shared === 0 || shared < notableShare * tested) continue;
    const way =
      mode === 'fixed' ? 'choose test rows of other groups' : `--group-by ${JSON.stringify(name)} keeps them apart`;
    warnings.push(`${share(shared)} are of a "${name}" that was trained on, too: ${way}`);
  }
  return warnings;
}

function ofKnownGroups(group: Int32Array, { train, test }: ValidationRound): number {
  const known = new Set(Array.from(train, (row) => group[row]));
  known.delete(-1);
  return test.reduce((count, row) => count + Number(known.has(group[row])), 0);
}

/** Whole groups may be far from the share asked for. */
function groupSizeWarning(validation: Validation, { rounds }: ValidationPlan): string[] {
  if (validation.mode !== 'random' || validation.groupBy === undefined) return [];
  const [{ train, test }] = rounds;
  const share = test.length / (train.length + test.length);
  if (share > validation.testSize / 1.5 && share < validation.testSize * 1.5) return [];
  return [
    `the test part is ${percent(test.length, train.length + test.length)} of the labelled instances: whole groups of "${validation.groupBy}" come no nearer to --test-size ${validation.testSize}`,
  ];
}

const percent = (count: number, all: number): string => `${Number(((100 * count) / all).toPrecision(2))} %`;
