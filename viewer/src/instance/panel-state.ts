import type { FeatureOrder, FeatureQuery, Instance } from '../../../src/schema/api/instance.js';

/** What the panel shows of an instance besides its facts. */
export const instanceTabs = ['features', 'nearest', 'original'] as const;

export type InstanceTab = (typeof instanceTabs)[number];

/** Orders that a person can choose among. */
export const featureListOrders = [
  'contribution',
  'benign',
  'malicious',
  'family',
  'name',
] as const satisfies FeatureOrder[];

export type FeatureListOrder = (typeof featureListOrders)[number];

/** How the panel looks at an instance; the same from one instance to the next, and part of a link. */
export interface InstancePanelState {
  readonly tab: InstanceTab;
  /** Null: contributions where there are any, else the most unusual values. */
  readonly order: FeatureListOrder | null;
  /** Searched for among the features. */
  readonly text: string;
}

export const openingPanel: InstancePanelState = { tab: 'features', order: null, text: '' };

/** The state of a panel, and how to change it. */
export interface InstancePanel {
  readonly state: InstancePanelState;
  readonly change: (patch: Partial<InstancePanelState>) => void;
}

/** The orders that make sense for an instance: by contribution if its model tells any, against the groups there are. */
export function ordersFor({ explanation, groups }: Pick<Instance, 'explanation' | 'groups'>): FeatureListOrder[] {
  return featureListOrders.filter(
    (order) =>
      order === 'name' ||
      (order === 'contribution' ? explanation !== null : groups.some(({ group }) => group === order)),
  );
}

/** What the list of features of an instance is asked for. */
export function featureQuery(
  { order, text }: InstancePanelState,
  instance: Pick<Instance, 'explanation' | 'groups'>,
  offset: number,
  limit: number,
): FeatureQuery {
  const orders = ordersFor(instance);
  return { order: orders.find((one) => one === order) ?? orders[0], text, offset, limit };
}
