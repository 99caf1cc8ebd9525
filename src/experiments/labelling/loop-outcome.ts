import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import type { GivenLabel } from '../../schema/labelling.js';
import type { AnyPanel, Settings } from '../../schema/result-document.js';
import { classify } from '../classify/classify.js';
import { settingsForDocument as classifierForDocument } from '../classify/settings.js';
import type { ExperimentContext, ExperimentOutcome } from '../experiment.js';
import { judgingFolds } from './judge-model.js';
import { countLabels, labelColumn } from './known-labels.js';
import { loopAdvice } from './loop-advice.js';
import { answered, type LoopState } from './loop-state.js';
import { settingsFor } from './main-model.js';
import { classifierSettings, type LabellingSettings } from './settings.js';

/** A loop as it stands, with what its last model is judged on. */
export interface LoopStanding {
  readonly state: LoopState;
  readonly labels: ReadonlyMap<string, GivenLabel>;
  readonly dataset: Dataset;
  readonly truth: LabelColumn | undefined;
  readonly validationDatasets: readonly Dataset[];
}

export type LoopOutcome = ExperimentOutcome & { readonly figures: Readonly<Record<string, number | null>> };

/**
 * What a loop has come to: its counts and history, and a model trained on all answers, validated as `classify` does it
 * (on the validation datasets if there are any, else by cross-validation among the answers).
 */
export async function loopOutcome(
  standing: LoopStanding,
  settings: LabellingSettings,
  context: ExperimentContext,
): Promise<LoopOutcome> {
  const { state, labels, dataset, truth, validationDatasets } = standing;
  const column = labelColumn(dataset, labels);
  const counts = countLabels(column);
  const rarer = Math.min(counts.malicious, counts.benign);
  const headline = {
    labels: counts.labels,
    iterations: state.history.length,
    'families.malicious': counts.families.malicious,
    'families.benign': counts.families.benign,
    'families.all': counts.families.all,
    budgetLeft: Math.max(0, (state.budget ?? settings.budget) - answered(state, (id) => labels.has(id))),
  };
  const known = { ...dataset, labels: column, truth };
  const { settings: own, note } = settingsFor(settings, counts);
  const model = rarer >= judgingFolds ? await lastModel(known, validationDatasets, own, context) : null;
  const tooFew = `the answers are of ${counts.malicious} malicious and ${counts.benign} benign instances: below ${judgingFolds} of each no model is kept`;
  const notes = model ? (note === null ? [] : [note]) : [tooFew];
  return {
    settings: {
      ...model?.settings,
      ...settingsForDocument({ ...settings, budget: state.budget ?? settings.budget }),
    },
    warnings: [...notes, ...loopAdvice(state, labels), ...(model?.warnings ?? [])],
    headline: { ...headline, ...model?.headline },
    figures: { ...model?.figures, ...headline },
    panels: [historyPanel(state), ...(model?.panels ?? [])],
    predictions: model?.predictions,
    files: model?.files ?? [],
  };
}

function lastModel(
  dataset: Dataset,
  validationDatasets: readonly Dataset[],
  settings: LabellingSettings,
  context: ExperimentContext,
) {
  const datasets = validationDatasets.map(({ name }) => name);
  const validation =
    datasets.length > 0 ? ({ mode: 'datasets', datasets } as const) : ({ mode: 'cv', folds: judgingFolds } as const);
  return classify(dataset, validationDatasets, classifierSettings(settings, validation), context);
}

/** The settings of a loop as documents keep them. */
export function settingsForDocument(settings: LabellingSettings): Settings {
  const { strategy, strategyParams, budget, validationDatasets, seed } = settings;
  const { model, params } = classifierForDocument(classifierSettings(settings, { mode: 'unlabeled' }), seed);
  return {
    strategy,
    strategyParams: Object.entries(strategyParams).map(([name, value]) => `${name}=${String(value)}`),
    budget,
    model,
    params,
    validationDatasets: [...validationDatasets],
    seed,
  };
}

function historyPanel({ history }: LoopState): AnyPanel {
  const iterations = history.map(({ iteration, labels, malicious, benign, unlabeled, families, figures }) => {
    return { iteration, labels, malicious, benign, unlabeled, families, figures };
  });
  return { kind: 'history', id: 'history', title: 'History', data: { iterations } };
}
