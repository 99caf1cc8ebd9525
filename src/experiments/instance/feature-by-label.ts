import { featureSummary } from '../../ml/explanation/feature-summary.js';
import type { FeatureSummary } from '../../schema/api/instance.js';
import type { KnownInstances } from './reference-groups.js';

/** Groups of a feature's summary: label, and how pages name it. */
const labelGroups = [
  { label: 'benign', name: 'benign' },
  { label: 'malicious', name: 'malicious' },
  { label: null, name: 'unlabeled' },
] as const;

/** What feature `index` looks like among benign, malicious and unlabelled instances, as far as there are any. */
export function featureByLabel(
  known: KnownInstances,
  index: number,
  meanings: ReadonlyMap<string, string>,
): FeatureSummary {
  const { X, featureNames, featureTypes } = known.dataset;
  const groups = labelGroups
    .map(({ label, name }) => ({ name, rows: known.rowsLabelled(label) }))
    .filter(({ rows }) => rows.length > 0);
  const summary = featureSummary(
    X,
    index,
    groups.map(({ rows }) => rows),
  );
  const name = featureNames[index];
  return {
    index,
    name,
    description: meanings.get(name) ?? null,
    type: featureTypes[index],
    edges: Array.from(summary.edges),
    groups: summary.groups.map((group, g) => ({
      name: groups[g].name,
      instances: group.instances,
      missing: group.missing,
      zeros: group.zeros,
      minimum: orNull(group.minimum),
      maximum: orNull(group.maximum),
      mean: orNull(group.mean),
      standardDeviation: orNull(group.standardDeviation),
      percentiles: group.percentiles.map(orNull),
      counts: Array.from(group.counts),
    })),
  };
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
