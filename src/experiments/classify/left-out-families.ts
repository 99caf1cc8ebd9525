import { counted, UserError } from '../../errors.js';
import { classifiers } from '../../ml/classifiers/registry.js';
import { familyGroups } from '../../ml/metrics/families.js';
import { undefinedInterval, wilson } from '../../ml/metrics/intervals.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import type { Trained } from '../../ml/model-selection/train.js';
import { type FitWithoutItem, fitWithout } from '../../ml/tasks/fit-without.js';
import type { PanelData } from '../../schema/panels/registry.js';
import type { AnyPanel } from '../../schema/result-document.js';
import { headlineSegment, leftOutPart, parts } from '../../schema/vocabulary.js';
import type { ExperimentContext } from '../experiment.js';
import type { ClassifySettings } from './settings.js';
import type { Task } from './task.js';
import type { ValidationPlan } from './validation/validation-plan.js';

/** So many families are in the headline, the largest; all are in the panel. */
const headlineFamilies = 100;

export interface LeftOutFamilies {
  /** `leftOut.<family>.recall` of the 100 largest families, `leftOut.recall` of all their instances together. */
  readonly headline: Readonly<Record<string, number | null>>;
  /** The same of every family. */
  readonly all: Readonly<Record<string, number | null>>;
  readonly panels: readonly AnyPanel[];
  readonly warnings: readonly string[];
}

type Row = PanelData<'left-out-families'>['rows'][number];

/** What a model that does not know the family makes of it. */
export type MeasuredFamily = Omit<Row, 'known'>;

/** A family to train without. */
export interface FamilyQuestion {
  readonly family: string;
  readonly code: number;
  /** Rows of the family in the training part. */
  readonly removed: number;
  readonly judged: Uint32Array;
}

/** All that is asked of one training part. */
export interface FamilyQuestions {
  readonly questions: readonly FamilyQuestion[];
  /** Families that are trained on, but have no instance to be judged on. */
  readonly unjudged: number;
  readonly train: Uint32Array;
  /** Benign rows of the test part. */
  readonly benign: Uint32Array;
  /** Length n: family of each row. */
  readonly codes: Int32Array;
}

/**
 * The malicious families to train without, largest first. Judged are all labelled instances of the family, or, in a
 * validation by time, those of the test part, which are later than all that is trained on.
 * Throws UserError where leaving one out would leave none.
 */
export function familyQuestions({ lessons, labelled }: Task, plan: ValidationPlan): FamilyQuestions {
  const round = plan.finalRows === null ? plan.rounds[0] : null;
  const train = plan.finalRows ?? plan.rounds[0].train;
  const { codes, groups } = familyGroups(lessons.label, lessons.family);
  const judged = groups.map((): number[] => []);
  for (const row of round?.tested ? round.test : labelled) judged[codes[row]].push(row);
  const removed = new Uint32Array(groups.length);
  for (const row of train) removed[codes[row]]++;
  const malicious = train.reduce((count, row) => count + Number(lessons.label[row] === 1), 0);
  const families = groups.flatMap(({ family, malicious: isMalicious }, code) =>
    isMalicious && removed[code] < malicious ? [{ family, code }] : [],
  );
  if (families.length === 0) {
    throw new UserError('--leave-out-family needs at least two malicious families to train on: one would leave none', {
      hint: 'the family is a column of the labels file',
    });
  }
  const questions = families
    .map(({ family, code }) => ({ family, code, removed: removed[code], judged: Uint32Array.from(judged[code]) }))
    .filter((question) => question.judged.length > 0)
    .sort((a, b) => b.judged.length - a.judged.length || (a.family < b.family ? -1 : 1));
  const benign = round ? round.test.filter((row) => lessons.label[row] === 0) : new Uint32Array(0);
  return { questions, unjudged: families.length - questions.length, train, benign, codes };
}

/**
 * How many instances of each family are found by a model that was trained without it, with the hyper-parameters of the
 * model that is kept: one fit for each family, as many at once as there are workers.
 */
export async function leaveFamiliesOut(
  { X }: Dataset,
  y: Int32Array,
  { questions, train, benign, codes }: FamilyQuestions,
  { model }: Trained,
  threshold: number,
  settings: ClassifySettings,
  context: ExperimentContext,
): Promise<MeasuredFamily[]> {
  const { seconds } = classifiers[model.model].cost(train.length, X.columns, 2, model.params);
  context.stage(`training without one family: ${counted(questions.length, 'fit')}`);
  const labels = Uint32Array.from(y, (label) => Math.max(0, label));
  const session = context.executor.open({ X, y: labels, family: codes, train, benign });
  try {
    const { impute, sampleWeight } = settings;
    const { params, calibration } = model;
    const common = { model: model.model, params, calibration, seed: context.seed, impute, sampleWeight, threshold };
    const items = questions.map(({ code, judged }): FitWithoutItem => ({ ...common, without: code, judged }));
    const outputs = await session.map(fitWithout, items, {
      signal: context.signal,
      seconds: seconds * items.length,
      progress: (done, total) => context.progress?.(done, total, 'training without one family'),
    });
    return questions.map(({ family, removed, judged }, k) => ({
      family,
      instances: judged.length,
      removed,
      calledMalicious: outputs[k].calledMalicious,
      recall: wilson(outputs[k].calledMalicious, judged.length),
      falsePositiveRate: wilson(outputs[k].falsePositives, benign.length),
    }));
  } finally {
    await session.close();
  }
}

/** What is told of the rows: figures, and beside each family how it is found by the model that knows it. */
export function leftOutFigures(
  rows: readonly MeasuredFamily[],
  unjudged: number,
  panels: readonly AnyPanel[],
  threshold: number,
): LeftOutFamilies {
  const known = knownRates(panels);
  const shown = rows.map((row) => ({ ...row, known: known.get(row.family) ?? undefinedInterval }));
  const instances = rows.reduce((sum, row) => sum + row.instances, 0);
  const called = rows.reduce((sum, row) => sum + row.calledMalicious, 0);
  const together = { [`${leftOutPart}.recall`]: wilson(called, instances).value };
  const entries = rows.map(({ family, recall }): [string, number | null] => [
    `${leftOutPart}.${headlineSegment(family)}.recall`,
    recall.value,
  ]);
  const data = { threshold, recall: wilson(called, instances), rows: shown };
  return {
    headline: { ...together, ...Object.fromEntries(entries.slice(0, headlineFamilies)) },
    all: { ...together, ...Object.fromEntries(entries) },
    panels: [{ kind: 'left-out-families', id: 'left-out-families', title: 'Families left out of the training', data }],
    warnings:
      unjudged === 0
        ? []
        : [
            `${counted(unjudged, 'malicious family', 'malicious families')} of the training part ${unjudged === 1 ? 'has' : 'have'} no instance in the test part: not judged when left out`,
          ],
  };
}

/** Detection rate of each malicious family that was trained on: of the test part, or of all folds together. */
function knownRates(panels: readonly AnyPanel[]): Map<string, Row['known']> {
  const rates = new Map<string, Row['known']>();
  for (const panel of panels) {
    if (panel.kind !== 'families' || (panel.part !== parts.test && panel.part !== parts.cv)) continue;
    for (const { family, label, rate } of panel.data.rows) if (label === 'malicious') rates.set(family, rate);
  }
  return rates;
}
