import type { RowFilter, RowQuery, RowSortColumn } from '../../../src/schema/api/rows.js';
import { featureListOrders, type InstancePanelState, instanceTabs, openingPanel } from '../instance/panel-state.js';
import { type FamilySort, familySorts } from './figures/family-rates.js';

/** Which instances the list shows, by how they are called at the threshold. */
export const shownOutcomes = [
  'all',
  'alerts',
  'errors',
  'true-positive',
  'false-positive',
  'false-negative',
  'true-negative',
] as const;

export type ShownOutcome = (typeof shownOutcomes)[number];

const sortColumns = [
  'rank',
  'instanceId',
  'ident',
  'label',
  'family',
  'probability',
  'score',
  'predicted',
] as const satisfies readonly RowSortColumn[];

export const importanceOrders = ['size', 'highest', 'lowest', 'name', 'dataset'] as const;

/** What the panel of alerts shows. */
export const alertViews = ['top', 'random', 'clusters', 'families'] as const;

export type AlertView = (typeof alertViews)[number];

export type ImportanceOrder = (typeof importanceOrders)[number];

/** The list of instances: what it leaves and in which order. Null: no such condition. */
export interface ListState {
  readonly show: ShownOutcome;
  readonly label: 'malicious' | 'benign' | 'none' | null;
  readonly family: string | null;
  /** Multiclass: a cell of the confusion matrix. */
  readonly actual: string | null;
  readonly predicted: string | null;
  /** Multiclass: given another class than the true one, or the true one. */
  readonly mistaken: boolean | null;
  /** A bar of the histogram: values from `minimum` to below `maximum`, or up to it for the last bar. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly includeMaximum: boolean;
  /** Only predictions that are rejected for lack of credibility, or only those kept. */
  readonly rejected: 'yes' | 'no' | null;
  readonly text: string;
  readonly sort: RowSortColumn;
  readonly direction: 'ascending' | 'descending';
}

/** Everything that a link to the page restores. */
export interface PageState {
  /** Null: the part that the page opens with. */
  readonly part: string | null;
  /** Null: as the experiment decided. */
  readonly threshold: number | null;
  readonly rocAxis: 'linear' | 'log';
  readonly bars: 'stacked' | 'log';
  /** Share of malicious to reckon with, as 1 in N; null: as it is here. */
  readonly oneIn: number | null;
  readonly familySort: FamilySort;
  /** Null: the first of what there is. */
  readonly alerts: AlertView | null;
  readonly importanceOrder: ImportanceOrder;
  readonly importanceText: string;
  /** Column of the feature whose partial dependence is drawn; null: the first. */
  readonly varied: number | null;
  readonly curves: 'all' | 'mean';
  /** Multiclass: whose coefficients. */
  readonly importanceClass: string | null;
  readonly list: ListState;
  /** What the drawer shows; of both, the feature with the value that the instance has. */
  readonly instance: string | null;
  /** Where the instance is, if not in the part that the page shows: a fold of `cv`, a dataset of `all`. */
  readonly instancePart: string | null;
  readonly instancePanel: InstancePanelState;
  readonly feature: number | null;
}

export const everyInstance: ListState = {
  show: 'all',
  label: null,
  family: null,
  actual: null,
  predicted: null,
  mistaken: null,
  minimum: null,
  maximum: null,
  includeMaximum: false,
  rejected: null,
  text: '',
  sort: 'rank',
  direction: 'ascending',
};

/** The page as it opens. */
export const openingState: PageState = {
  part: null,
  threshold: null,
  rocAxis: 'linear',
  bars: 'stacked',
  oneIn: null,
  familySort: 'worst',
  alerts: null,
  importanceOrder: 'size',
  importanceText: '',
  varied: null,
  curves: 'all',
  importanceClass: null,
  list: everyInstance,
  instance: null,
  instancePart: null,
  instancePanel: openingPanel,
  feature: null,
};

/** The state in the query of an address; what makes no sense there counts as not said. */
export function readState(query: URLSearchParams): PageState {
  return {
    part: query.get('part'),
    threshold: numberIn(query, 'threshold'),
    rocAxis: oneOf(['linear', 'log'], query.get('roc')) ?? 'linear',
    bars: oneOf(['stacked', 'log'], query.get('bars')) ?? 'stacked',
    oneIn: positiveIn(query, 'one-in'),
    familySort: oneOf(familySorts, query.get('families')) ?? openingState.familySort,
    alerts: oneOf(alertViews, query.get('alerts')),
    importanceOrder: oneOf(importanceOrders, query.get('features')) ?? openingState.importanceOrder,
    importanceText: query.get('feature-text') ?? '',
    varied: wholeIn(query, 'varied'),
    curves: oneOf(['all', 'mean'], query.get('curves')) ?? openingState.curves,
    importanceClass: query.get('class'),
    list: readList(query),
    instance: query.get('instance'),
    instancePart: query.get('instance-part'),
    instancePanel: {
      tab: oneOf(instanceTabs, query.get('instance-tab')) ?? openingPanel.tab,
      order: oneOf(featureListOrders, query.get('instance-order')),
      text: query.get('instance-text') ?? openingPanel.text,
    },
    feature: wholeIn(query, 'feature'),
  };
}

function readList(query: URLSearchParams): ListState {
  return {
    show: oneOf(shownOutcomes, query.get('show')) ?? everyInstance.show,
    label: oneOf(['malicious', 'benign', 'none'], query.get('label')),
    family: query.get('family'),
    actual: query.get('actual'),
    predicted: query.get('predicted'),
    mistaken: { true: true, false: false }[query.get('mistaken') ?? ''] ?? null,
    minimum: numberIn(query, 'from'),
    maximum: numberIn(query, 'to'),
    includeMaximum: query.get('to-included') === 'true',
    rejected: oneOf(['yes', 'no'], query.get('rejected')),
    text: query.get('text') ?? '',
    sort: oneOf(sortColumns, query.get('sort')) ?? everyInstance.sort,
    direction: oneOf(['ascending', 'descending'], query.get('direction')) ?? everyInstance.direction,
  };
}

/** The query of an address that `readState` turns into this state again; only what differs from the opening state. */
export function writeState(state: PageState): URLSearchParams {
  const query = new URLSearchParams();
  const { list } = state;
  const put = (
    name: string,
    value: string | number | boolean | null,
    usual: string | number | boolean | null,
  ): void => {
    if (value !== null && value !== usual) query.set(name, String(value));
  };
  put('part', state.part, null);
  put('threshold', state.threshold, null);
  put('roc', state.rocAxis, openingState.rocAxis);
  put('bars', state.bars, openingState.bars);
  put('one-in', state.oneIn, null);
  put('families', state.familySort, openingState.familySort);
  put('alerts', state.alerts, null);
  put('features', state.importanceOrder, openingState.importanceOrder);
  put('feature-text', state.importanceText, '');
  put('varied', state.varied, null);
  put('curves', state.curves, openingState.curves);
  put('class', state.importanceClass, null);
  put('show', list.show, everyInstance.show);
  put('label', list.label, null);
  put('family', list.family, null);
  put('actual', list.actual, null);
  put('predicted', list.predicted, null);
  put('mistaken', list.mistaken, null);
  put('from', list.minimum, null);
  put('to', list.maximum, null);
  put('to-included', list.includeMaximum, false);
  put('rejected', list.rejected, null);
  put('text', list.text, '');
  put('sort', list.sort, everyInstance.sort);
  put('direction', list.direction, everyInstance.direction);
  put('instance', state.instance, null);
  put('instance-part', state.instancePart, null);
  put('instance-tab', state.instancePanel.tab, openingPanel.tab);
  put('instance-order', state.instancePanel.order, openingPanel.order);
  put('instance-text', state.instancePanel.text, openingPanel.text);
  put('feature', state.feature, null);
  return query;
}

function oneOf<T extends string>(words: readonly T[], word: string | null): T | null {
  return words.find((known) => known === word) ?? null;
}

function numberIn(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function positiveIn(query: URLSearchParams, name: string): number | null {
  const value = numberIn(query, name);
  return value !== null && value > 1 ? value : null;
}

function wholeIn(query: URLSearchParams, name: string): number | null {
  const value = numberIn(query, name);
  return value !== null && Number.isInteger(value) && value >= 0 ? value : null;
}

/** The predictions that the list shows at a threshold. */
export function filterOf(list: ListState, part: string, threshold: number): RowFilter {
  const filter: RowFilter = { part };
  if (list.label !== null) filter.label = list.label;
  if (list.family !== null) filter.family = list.family;
  if (list.actual !== null) filter.actual = list.actual;
  if (list.predicted !== null) filter.predicted = list.predicted;
  if (list.mistaken !== null) filter.mistaken = list.mistaken;
  if (list.minimum !== null) filter.minimum = list.minimum;
  if (list.maximum !== null) filter.maximum = list.maximum;
  if (list.includeMaximum) filter.includeMaximum = true;
  if (list.rejected !== null) filter.rejected = list.rejected;
  if (list.text !== '') filter.text = list.text;
  if (list.show === 'alerts') return { ...filter, threshold, called: 'malicious' };
  if (list.show === 'errors') return { ...filter, threshold, outcome: 'error' };
  return list.show === 'all' ? filter : { ...filter, threshold, outcome: list.show };
}

/** The same with its order. */
export function queryOf(list: ListState, part: string, threshold: number): Partial<RowQuery> {
  return { ...filterOf(list, part, threshold), sort: list.sort, direction: list.direction };
}
