import { UserError } from '../../errors.js';
import type { Dataset, StreamedDataset } from '../../ml/matrix/dataset.js';
import { selectRows } from '../../ml/matrix/feature-matrix.js';
import type { ClassifierId } from '../../ml/classifiers/registry.js';
import type { Trained } from '../../ml/model-selection/train.js';
import { modelToJson } from '../../ml/model-selection/trained-model.js';
import { headlinePart, parts } from '../../schema/vocabulary.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { ExperimentContext, ExperimentOutcome } from '../experiment.js';
import { keepToAlertBudget } from './alerts/alert-budget.js';
import type { AlertSource } from './alerts/alert-list.js';
import { type AlertFindings, analyseAlerts } from './alerts/analyse-alerts.js';
import { crossValidationFigures } from './cross-validation-figures.js';
import { dataWarnings } from './data-warnings.js';
import { decayFigures } from './decay.js';
import { tuningFigure } from './headline.js';
import type { JudgedPart } from './judged-part.js';
import { explainModel } from './explain-model.js';
import { familyQuestions, leaveFamiliesOut, leftOutFigures, type MeasuredFamily } from './left-out-families.js';
import { columnsByName, everyRow, judgeDataset, judgeRows, judgeStream, placesOf, unionOf } from './judging.js';
import { generalisationWarnings } from './generalisation-warnings.js';
import { gridSearchPanel } from './model-panels.js';
import { namedColumns } from './partial-dependence-panel.js';
import { assessPart, type PartAssessment } from './part-assessment.js';
import type { RacedModel } from './race.js';
import { racePanel, raceWarnings } from './race-panel.js';
import { predictionTable } from './prediction-table-builder.js';
import { withRejection } from './rejection.js';
import { type ClassifySettings, isOrdered, settingsForDocument } from './settings.js';
import { makeTask, needsLabels, refuseOneClass, rowsWhere, type Task, trainOn } from './task.js';
import { unseenFamilyWarnings } from './unseen-families.js';
import { planValidation } from './validation/plan.js';
import { roundsPanel } from './validation/rounds-panel.js';
import { splitWarnings } from './validation/split-warnings.js';
import type { ValidationPlan } from './validation/validation-plan.js';

/** What `classify` found. */
export interface ClassifyOutcome extends ExperimentOutcome {
  /** Everything that --assert may ask for: the headline, and the figures of all families. */
  readonly figures: Readonly<Record<string, number | null>>;
}

/**
 * Trains, tunes and judges a classifier.
 * @param validationDatasets those that `settings.validation` names, in its order
 * Throws UserError where the data does not allow it: fewer than two classes, missing values, features that differ.
 */
export async function classify(
  dataset: Dataset,
  validationDatasets: readonly (Dataset | StreamedDataset)[],
  settings: ClassifySettings,
  context: ExperimentContext,
): Promise<ClassifyOutcome> {
  const task = makeTask(dataset, settings);
  refuseNothingJudged(task, settings);
  const strata = Int32Array.from(task.labelled, (row) => task.y[row]);
  const needsTwoClasses = needsLabels(settings);
  const plan = planValidation(settings.validation, dataset, task.labelled, strata, context.seed, needsTwoClasses);
  refuseOneSided(task, plan, settings);
  // What cannot be judged is refused before the model is trained.
  for (const other of validationDatasets) placesOf(other, dataset.featureNames);
  const { partialDependence } = settings;
  if (partialDependence && 'features' in partialDependence) {
    namedColumns(partialDependence.features, dataset.featureNames);
  }
  const questions = settings.leaveOutFamily ? familyQuestions(task, plan) : null;
  const rounds = await runPlan(task, plan, settings, context);
  const { judged, sources, trained } = rounds;
  context.stage('applying the model');
  for (const other of validationDatasets) {
    if ('batches' in other) {
      const part = await judgeStream(other, trained.model, settings, context);
      judged.push(part);
      sources.push({ part, model: trained.model, trainedOn: rounds.trainedOn, features: null });
      continue;
    }
    const part = await judgeDataset(other, trained.model, settings, context);
    const features = { X: () => columnsByName(other, trained.model.featureNames), rows: everyRow(other.X.rows) };
    await judgeSource({ part, model: trained.model, trainedOn: rounds.trainedOn, features }, rounds, settings, context);
  }
  const unlabelled = rowsWhere(task.y, (y) => y === -1);
  if (unlabelled.length > 0) {
    const where = { part: parts.unlabeled, fold: -1 };
    const part = await judgeRows(task, trained.model, unlabelled, where, context);
    const features = { X: () => dataset.X, rows: unlabelled };
    await judgeSource({ part, model: trained.model, trainedOn: rounds.trainedOn, features }, rounds, settings, context);
  }
  context.stage('measuring');
  const decided = keepToAlertBudget(settings, judged);
  const ofDatasets = judged.filter(({ part }) => part.startsWith('dataset:'));
  const union = ofDatasets.length > 1 ? [unionOf(ofDatasets, parts.all)] : [];
  const assessments = [...judged, ...union].map((part) =>
    assessPart(part, decided.settings, { seed: context.seed, signal: context.signal }),
  );
  const { threshold } = assessments[0];
  const families =
    questions && (await leaveFamiliesOut(dataset, task.y, questions, trained, threshold, settings, context));
  const leftOut = families && { families, unjudged: questions.unjudged };
  const alerts = await analyseAlerts(sources, task, threshold, decided.settings, context);
  const explained = await explainModel(sources, task, trained.model, rounds.trainedOn, settings, context);
  const warnings = [...rounds.warnings, ...decided.warnings, ...alerts.warnings, ...explained.warnings];
  return outcome(
    { ...rounds, task, plan, assessments, warnings, leftOut, alerts, explanations: explained.panels },
    decided.settings,
    context.seed,
  );
}

/** Every row has a label, none of them is held out, and those that are learned from are not to be judged. */
function refuseNothingJudged({ dataset, labelled }: Task, { validation, trainingDetection }: ClassifySettings): void {
  if (validation.mode !== 'unlabeled' || trainingDetection || labelled.length < dataset.ids.length) return;
  throw new UserError('every instance has a label: --validation unlabeled has nothing to score', {
    hint: 'leave out --no-training-detection to keep the model alone, or take another --validation to judge it',
  });
}

/** A round that nothing can be learned in is refused before the first model is trained. */
function refuseOneSided(task: Task, { rounds, finalRows }: ValidationPlan, settings: ClassifySettings): void {
  for (const { train, fold } of rounds) refuseOneClass(task, train, fold, settings);
  if (finalRows) refuseOneClass(task, finalRows, -1, settings);
}

/** Adds a part that was not trained on to what is judged, its least credible predictions rejected if that is asked for. */
async function judgeSource(
  source: AlertSource & { features: object },
  { judged, sources }: Pick<Rounds, 'judged' | 'sources'>,
  settings: ClassifySettings,
  context: ExperimentContext,
): Promise<void> {
  const { model, features } = source;
  const X = () => selectRows(features.X(), features.rows);
  const part = await withRejection(source.part, X, model, settings, context);
  judged.push(part);
  sources.push({ ...source, part });
}

interface Rounds {
  readonly judged: JudgedPart[];
  /** Those of them that were not trained on. */
  readonly sources: AlertSource[];
  /** The model that is kept. */
  readonly trained: Trained | RacedModel;
  /** Its training rows. */
  readonly trainedOn: Uint32Array;
  readonly warnings: readonly string[];
}

/** Trains and judges round by round, then the model that is kept, whose training rows come first. */
async function runPlan(
  task: Task,
  plan: ValidationPlan,
  settings: ClassifySettings,
  context: ExperimentContext,
): Promise<Rounds> {
  const judged: JudgedPart[] = [];
  const sources: AlertSource[] = [];
  const warnings = new Set<string>();
  let kept: { trained: Trained | RacedModel; rows: Uint32Array } | undefined;
  const winners: ClassifierId[] = [];
  const trainings = plan.rounds.length + (plan.finalRows ? 1 : 0);
  const timeLimit = settings.timeLimit === undefined ? undefined : settings.timeLimit / trainings;
  const learn = async (rows: Uint32Array, fold: number, stage: string): Promise<Trained | RacedModel> => {
    context.stage(stage);
    const trained = await trainOn(task, rows, fold, { ...settings, timeLimit }, context);
    for (const warning of [...trained.warnings, ...untunedWarning(trained, settings)]) warnings.add(warning);
    kept = { trained, rows };
    return trained;
  };
  for (const { train, test, part, fold } of plan.rounds) {
    const { model } = await learn(train, fold, fold === -1 ? 'training' : `training for fold ${fold}`);
    winners.push(model.model);
    const features = { X: () => task.dataset.X, rows: test };
    const tested = await judgeRows(task, model, test, { part, fold }, context);
    const source = { part: tested, model, trainedOn: train, features };
    await judgeSource(source, { judged, sources }, settings, context);
  }
  if (plan.finalRows)
    await learn(plan.finalRows, -1, plan.rounds.length > 0 ? 'training the model that is kept' : 'training');
  if (!kept) throw new Error('a validation without a model');
  const { trained, rows } = kept;
  if ('race' in trained) for (const warning of raceWarnings(trained.race, winners)) warnings.add(warning);
  if (settings.trainingDetection && rows.length > 0)
    judged.unshift(await judgeRows(task, trained.model, rows, { part: parts.train, fold: -1 }, context));
  return { judged, sources, trained, trainedOn: rows, warnings: [...warnings] };
}

interface Findings extends Rounds {
  readonly task: Task;
  readonly plan: ValidationPlan;
  readonly assessments: readonly PartAssessment[];
  /** What models make of the families they were trained without; null unless asked for. */
  readonly leftOut: { readonly families: readonly MeasuredFamily[]; readonly unjudged: number } | null;
  readonly alerts: AlertFindings;
  /** How much each feature counts, and what its values do. */
  readonly explanations: readonly AnyPanel[];
}

function outcome(
  { task, plan, trained, judged, assessments, warnings, leftOut, alerts, explanations }: Findings,
  settings: ClassifySettings,
  seed: number,
): ClassifyOutcome {
  const { model, search } = trained;
  const folds = crossValidationFigures(assessments, judged, plan.rounds, settings.multiclass);
  const decay = decayFigures(task, plan, judged, assessments, settings);
  const panelsOfParts = [...assessments.flatMap((part) => part.panels), ...folds.panels];
  const withoutFamily =
    leftOut && leftOutFigures(leftOut.families, leftOut.unjudged, panelsOfParts, assessments[0].threshold);
  const tuning = search ? { [tuningFigure(settings.objective)]: search.points[search.best].mean } : {};
  const ofParts = mergeAll(assessments.map((part) => part.headline));
  const ofFamilies = mergeAll([...assessments.map((part) => part.families), folds.families]);
  const headline = withTestAlias(
    { ...ofParts, ...folds.headline, ...decay.headline, ...withoutFamily?.headline, ...tuning },
    settings,
  );
  return {
    settings: settingsForDocument(settings, seed, assessments[0]?.threshold),
    warnings: [
      ...dataWarnings(task, settings),
      ...splitWarnings(settings.validation, plan, task.dataset, task.labelled),
      ...warnings,
      ...thresholdWarning(judged[0], settings),
      ...assessments.flatMap((part) => part.warnings),
      ...folds.warnings,
      ...decay.warnings,
      ...(withoutFamily?.warnings ?? []),
      ...generalisationWarnings(assessments),
      ...unseenFamilyWarnings(task, plan, judged, settings),
    ],
    headline,
    figures: withTestAlias({ ...ofFamilies, ...withoutFamily?.all, ...headline }, settings),
    panels: [
      ...panelsOfParts,
      ...decay.panels,
      ...(withoutFamily?.panels ?? []),
      ...alerts.panels,
      ...roundsPanel(task, plan, isOrdered(settings.validation)),
      ...explanations,
      ...('race' in trained ? [racePanel(trained.race, settings)] : []),
      ...gridSearchPanel(search, settings),
    ],
    predictions: predictionTable(judged, settings),
    alerts: alerts.table,
    files: [{ name: 'model.json', json: modelToJson(model) }],
  };
}

/** A search that could not tell one setting from another took the first. */
function untunedWarning({ search }: Trained | RacedModel, { validation }: ClassifySettings): string[] {
  if (!search || search.points.some(({ mean }) => mean !== null)) return [];
  const mixing = isOrdered(validation) ? '--validation random mixes them; ' : '';
  return [
    `tuning had nothing to choose by, so the first of ${search.points.length} settings was taken: no fold has both labels among the rows that it is judged on (${mixing}--param names the setting)`,
  ];
}

/** A threshold that no probability can pass, or all do, is a slip. */
function thresholdWarning(judged: JudgedPart | undefined, settings: ClassifySettings): string[] {
  const threshold = settings.detectionThreshold;
  if (
    settings.alertBudget !== undefined ||
    threshold === null ||
    judged?.scale !== 'probability' ||
    (threshold >= 0 && threshold < 1)
  )
    return [];
  const verdict = threshold < 0 ? 'every instance' : 'no instance';
  return [`the detection threshold ${threshold} lies outside of the probabilities: ${verdict} is called malicious`];
}

type FigureMap = Readonly<Record<string, number | null>>;

function mergeAll(maps: readonly FigureMap[]): FigureMap {
  return Object.fromEntries(maps.flatMap((map) => Object.entries(map)));
}

/** A single validation dataset is the test part, too: `test.…` stands for `dataset:NAME.…`. */
function withTestAlias(figures: FigureMap, { validation }: ClassifySettings): FigureMap {
  if (validation.mode !== 'datasets' || validation.datasets.length !== 1) return figures;
  const prefix = `${headlinePart(`dataset:${validation.datasets[0]}`)}.`;
  const aliases = Object.entries(figures)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, number | null] => [`${parts.test}.${name.slice(prefix.length)}`, value]);
  return { ...figures, ...Object.fromEntries(aliases) };
}
