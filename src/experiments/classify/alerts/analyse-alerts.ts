import { throwIfCancelled } from '../../../ml/fit-context.js';
import type { TrainedModel } from '../../../ml/model-selection/trained-model.js';
import { randomStream, shuffle } from '../../../ml/random/stream.js';
import type { AlertTable, AlertTableRow } from '../../../schema/alert-table.js';
import type { AlertRow } from '../../../schema/panels/alerts.js';
import type { AnyPanel, PanelOf } from '../../../schema/result-document.js';
import { parts } from '../../../schema/vocabulary.js';
import type { ExperimentContext } from '../../experiment.js';
import { partInWords } from '../part-in-words.js';
import type { AlertSettings, ClassifySettings } from '../settings.js';
import type { Task } from '../task.js';
import { familiesOf, type FamilyModel, learnFamilies } from './alert-families.js';
import { type AlertPoints, alertPoints, alertRow, countLabels, describeGroups } from './alert-groups.js';
import { type AlertList, type AlertSource, alertsOf, featuresOf } from './alert-list.js';
import { type AlertGrouping, clusterAlerts } from './cluster-alerts.js';

/** What --alerts found. */
export interface AlertFindings {
  readonly panels: readonly AnyPanel[];
  readonly table: AlertTable | undefined;
  readonly warnings: readonly string[];
}

/** So many alerts are listed of the highest, and of those drawn. */
const listedAlerts = 100;
const listedGroups = 100;

/**
 * Looks into the alerts of every part that the model was not trained on, as `settings.alerts` asks; folds are one part.
 * Families are those of the training rows of the very model that raised the alert.
 */
export async function analyseAlerts(
  sources: readonly AlertSource[],
  task: Task,
  threshold: number,
  settings: ClassifySettings,
  context: ExperimentContext,
): Promise<AlertFindings> {
  const { alerts: asked } = settings;
  if (!asked) return { panels: [], table: undefined, warnings: [] };
  context.stage('looking into the alerts');
  const panels: AnyPanel[] = [];
  const rows: AlertTableRow[] = [];
  const warnings = new Set<string>();
  const learn = familyLearner(task, settings, context);
  for (const list of listsOf(sources, threshold)) {
    throwIfCancelled(context.signal);
    const groups = await groupAlerts(list, asked, learn, context);
    for (const warning of groups.warnings) warnings.add(`${partInWords(list.part)}: ${warning}`);
    panels.push(alertsPanel(list, groups, asked, context.seed));
    list.alerts.forEach((_, at) => rows.push(tableRow(list, at, groups)));
  }
  const { kinds } = asked;
  const table = { rows, clusters: kinds.includes('clusters'), families: kinds.includes('families') };
  return { panels, table, warnings: [...warnings] };
}

function listsOf(sources: readonly AlertSource[], threshold: number): AlertList[] {
  const folds = sources.filter(({ part }) => part.fold !== -1);
  const others = sources.filter(({ part }) => part.fold === -1);
  const lists = others.map((source) => alertsOf(source.part.part, [source], threshold));
  return folds.length > 0 ? [alertsOf(parts.cv, folds, threshold), ...lists] : lists;
}

interface AlertGroups {
  readonly points: AlertPoints | null;
  readonly clusters: AlertGrouping | null;
  readonly families: AlertGrouping | null;
  readonly warnings: readonly string[];
}

async function groupAlerts(
  list: AlertList,
  asked: AlertSettings,
  learn: ReturnType<typeof familyLearner>,
  context: ExperimentContext,
): Promise<AlertGroups> {
  const wanted = asked.kinds.some((kind) => kind === 'clusters' || kind === 'families');
  const X = wanted ? featuresOf(list.alerts) : null;
  if (!X) return { points: null, clusters: null, families: null, warnings: [] };
  const points = alertPoints(X, list.alerts[0].source.model.featureNames);
  const clusters = asked.kinds.includes('clusters') ? await clusterAlerts(points.X, asked, context) : null;
  const families = asked.kinds.includes('families') ? await sortByFamily(list, learn) : null;
  return {
    points,
    clusters: madeOf(clusters),
    families: madeOf(families),
    warnings: [clusters, families].flatMap((made) => {
      if (!made) return [];
      return 'refused' in made ? [made.refused] : made.warnings;
    }),
  };
}

type Made = AlertGrouping | { readonly refused: string } | null;

const madeOf = (made: Made): AlertGrouping | null => (made && 'refused' in made ? null : made);

/** Learns the families that the model of a source was trained on: once, however many parts that model has judged. */
function familyLearner(task: Task, settings: ClassifySettings, context: ExperimentContext) {
  const learned = new Map<TrainedModel, FamilyModel>();
  return async ({ model, trainedOn }: AlertSource): Promise<FamilyModel> => {
    const known = learned.get(model) ?? (await learnFamilies(task, trainedOn, model, settings, context));
    learned.set(model, known);
    return known;
  };
}

/** Gives each alert the likeliest of the malicious families that its model was trained on. */
async function sortByFamily(
  list: AlertList,
  learn: ReturnType<typeof familyLearner>,
): Promise<AlertGrouping | { readonly refused: string }> {
  const group = new Int32Array(list.alerts.length);
  const probability = new Float64Array(list.alerts.length).fill(Number.NaN);
  const names: string[] = [];
  let how = '';
  for (const source of new Set(list.alerts.map((alert) => alert.source))) {
    const learned = await learn(source);
    if ('refused' in learned) return learned;
    const places = [...list.alerts.keys()].filter((at) => list.alerts[at].source === source);
    const X = featuresOf(places.map((at) => list.alerts[at]));
    if (!X) throw new Error('alerts without features');
    const found = familiesOf(learned.model, X);
    const { classes } = learned.model;
    for (const { name } of classes) if (!names.includes(name)) names.push(name);
    places.forEach((at, k) => {
      group[at] = names.indexOf(classes[found.family[k]].name);
      probability[at] = found.probability[k];
    });
    how = `${learned.model.model}, learned on the malicious families of the training instances`;
  }
  return { group, names, probability, how, warnings: [] };
}

function alertsPanel(
  list: AlertList,
  { points, clusters, families }: AlertGroups,
  { kinds }: AlertSettings,
  seed: number,
): PanelOf<'alerts'> {
  const { part, threshold, scale, instances, alerts } = list;
  const rowsAt = (places: readonly number[]): AlertRow[] => places.map((at) => alertRow(list, at));
  const all = [...alerts.keys()];
  const groupings = (
    [
      ['clusters', clusters],
      ['families', families],
    ] as const
  ).flatMap(([by, grouping]) => {
    if (!grouping || !points) return [];
    const groups = describeGroups(list, grouping, points);
    return [{ by, how: grouping.how, groups: groups.slice(0, listedGroups), groupsInAll: groups.length }];
  });
  const data = {
    threshold,
    scale,
    instances,
    alerts: alerts.length,
    ...countLabels(list, all),
    ...(kinds.includes('top') && { top: rowsAt(all.slice(0, listedAlerts)) }),
    ...(kinds.includes('random') && { random: rowsAt(drawn(alerts.length, seed, part)) }),
    groupings,
  };
  return { kind: 'alerts', id: `alerts:${part}`, title: 'Alerts', part, data };
}

/** Some of n places, ascending. */
function drawn(n: number, seed: number, part: string): number[] {
  const places = Uint32Array.from({ length: n }, (_, at) => at);
  shuffle(places, randomStream(seed, `random alerts of ${part}`));
  return Array.from(places.subarray(0, listedAlerts).sort());
}

function tableRow(list: AlertList, at: number, { clusters, families }: AlertGroups): AlertTableRow {
  const { source, row } = list.alerts[at];
  const { instanceId, ident, part, label, family, rank } = alertRow(list, at);
  return {
    instanceId,
    ident,
    part,
    fold: source.part.fold,
    label,
    family,
    rank,
    probability: source.part.probability[row],
    score: source.part.score[row],
    cluster: clusters ? clusters.names[clusters.group[at]] : null,
    predictedFamily: families ? families.names[families.group[at]] : null,
    familyProbability: families?.probability?.[at] ?? Number.NaN,
  };
}
