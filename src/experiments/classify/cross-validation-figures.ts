import { type FoldSummary, summariseFolds } from '../../ml/metrics/fold-summary.js';
import type { AnyPanel } from '../../schema/result-document.js';
import { headlinePart, parts } from '../../schema/vocabulary.js';
import { familyFigures } from './family-figures.js';
import { countFigures, keptFigures, meanFigures } from './headline.js';
import type { JudgedPart } from './judged-part.js';
import { unionOf } from './judging.js';
import { labelledPart } from './labelled-part.js';
import type { PartAssessment } from './part-assessment.js';
import { panelsOfFolds } from './part-panels.js';
import type { ValidationRound } from './validation/validation-plan.js';

interface CrossValidationFigures {
  readonly headline: Readonly<Record<string, number | null>>;
  /** `cv.family.<f>.recall` and the like of every family. */
  readonly families: Readonly<Record<string, number | null>>;
  readonly panels: readonly AnyPanel[];
  readonly warnings: readonly string[];
}

/**
 * What the folds come to. Of every rate its mean over the folds where it is defined, `cv.<figure>`, its standard
 * deviation (n - 1), `.std`, and the interval of the mean, `.low` and `.high`, cut to [0, 1] (see `summariseFolds`);
 * of every count the sum; of every family its rate over all folds together, as each row is judged once (a sliding window
 * that tests on several buckets judges some more often, which is told).
 * Nothing outside cross-validation.
 */
export function crossValidationFigures(
  assessments: readonly PartAssessment[],
  judged: readonly JudgedPart[],
  rounds: readonly ValidationRound[],
  multiclass: boolean,
): CrossValidationFigures {
  const folds = assessments.filter(({ fold }) => fold !== -1);
  if (folds.length === 0) return { headline: {}, families: {}, panels: [], warnings: [] };
  const instances = folds.reduce((sum, fold) => sum + fold.instances, 0);
  const headline: Record<string, number | null> = {};
  const figures = [];
  const undefinedIn = new Map<number, string[]>();
  const rejects = folds.some(({ part, headline: own }) => `${headlinePart(part)}.rejected` in own);
  for (const name of [...meanFigures, ...(rejects ? keptFigures.map((figure) => `kept.${figure}`) : [])]) {
    const defined = folds.filter((fold) => figureOf(fold, name) !== null);
    const absent = folds.length - defined.length;
    undefinedIn.set(absent, [...(undefinedIn.get(absent) ?? []), name]);
    const { mean, std, low, high } = summaryOf(name, defined, rounds);
    headline[`${parts.cv}.${name}`] = mean;
    headline[`${parts.cv}.${name}.std`] = std;
    headline[`${parts.cv}.${name}.low`] = low;
    headline[`${parts.cv}.${name}.high`] = high;
    figures.push({ name, value: mean, low, high });
  }
  for (const name of [...countFigures, ...(rejects ? ['rejected'] : [])]) {
    const sum = folds.reduce((total, fold) => total + (figureOf(fold, name) ?? 0), 0);
    headline[`${parts.cv}.${name}`] = sum;
    figures.push({ name, value: sum, low: null, high: null });
  }
  const { threshold } = folds[0];
  const data = { threshold, instances, figures };
  const together = unionOf(
    judged.filter(({ fold }) => fold !== -1),
    parts.cv,
  );
  const labelled = labelledPart(together, threshold);
  const families = familyFigures(labelled);
  return {
    headline: { ...headline, ...families.headline },
    families: families.all,
    panels: [
      { kind: 'indicators', id: 'indicators:cv', title: 'Mean over the folds', part: parts.cv, data },
      families.panel,
      ...panelsOfFolds(labelled, multiclass),
    ],
    warnings: foldWarnings(undefinedIn, folds.length),
  };
}

function figureOf({ part, headline }: PartAssessment, name: string): number | null {
  return headline[`${headlinePart(part)}.${name}`] ?? null;
}

type NullableSummary = { readonly [K in keyof FoldSummary]: number | null };

function summaryOf(
  name: string,
  defined: readonly PartAssessment[],
  rounds: readonly ValidationRound[],
): NullableSummary {
  if (defined.length === 0) return { mean: null, std: null, low: null, high: null };
  const values = defined.map((fold) => figureOf(fold, name) ?? 0);
  // How far two folds' figures go together is taken to be the tested share of a fold's rows; that of folds of several
  // sizes (expanding windows) is its mean.
  const shares = defined.map(({ part }) => testedShareOf(rounds.find((round) => round.part === part)));
  const share = shares.reduce((sum, value) => sum + value, 0) / shares.length;
  const testedShare = share / (1 - share);
  const { mean, std, low, high } = summariseFolds(values, testedShare);
  return { mean, std, low: low === null ? null : Math.max(0, low), high: high === null ? null : Math.min(1, high) };
}

/** Share of a fold's rows that are judged. */
function testedShareOf(round: ValidationRound | undefined): number {
  return round ? round.test.length / (round.train.length + round.test.length) : 0;
}

/** Says which means leave folds out; a figure that no fold has is null, which tells enough. */
function foldWarnings(undefinedIn: ReadonlyMap<number, readonly string[]>, folds: number): string[] {
  return [...undefinedIn]
    .filter(([absent]) => absent > 0 && absent < folds)
    .sort(([a], [b]) => a - b)
    .map(([absent, names]) => {
      const verb = names.length === 1 ? 'is' : 'are';
      const whose = names.length === 1 ? 'its mean is' : 'their means are';
      return `cv: ${names.join(', ')} ${verb} undefined in ${absent} of ${folds} folds; ${whose} over the other ${folds - absent}`;
    });
}
