import type { LabelLog } from '../../io/results/label-log.js';
import type { LabelSetName } from './label-store.js';

/** A label set in a line. */
export interface LabelSetSummary extends LabelSetName {
  /** Instances that have a label now. */
  readonly labels: number;
  readonly malicious: number;
  readonly benign: number;
  /** Different families; the same name under both labels counts twice. */
  readonly families: number;
  /** Answers ever given. */
  readonly events: number;
  readonly last: { readonly at: string; readonly author: string | null } | null;
}

/** Counts what a set says. O(labels). */
export function summariseLabelSet(
  { project, dataset, set }: LabelSetName,
  { current, events }: Pick<LabelLog, 'current' | 'events'>,
): LabelSetSummary {
  const families = { malicious: new Set<string>(), benign: new Set<string>() };
  let malicious = 0;
  for (const { label, family } of current.values()) {
    if (label === 'malicious') malicious++;
    if (family !== null) families[label].add(family);
  }
  const last = events.at(-1);
  return {
    project,
    dataset,
    set,
    labels: current.size,
    malicious,
    benign: current.size - malicious,
    families: families.malicious.size + families.benign.size,
    events: events.length,
    last: last === undefined ? null : { at: last.at, author: last.author },
  };
}
