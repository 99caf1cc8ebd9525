import type { FeaturePage, FeatureQuery, Instance } from '../../../src/schema/api/instance.js';
import type { InstanceOrigin, Source } from '../source/source.js';

/** Instances on both sides of the one on show, and those looked at before it. */
const kept = 12;
/** What is older is asked for again: files change. */
const freshMilliseconds = 60_000;

interface Entry<T> {
  readonly since: number;
  readonly promise: Promise<T>;
  /** Once it is there: shown without waiting for a promise. */
  value?: T;
}

/**
 * Instances and the first page of their features, fetched before they are looked at. Asked twice, the source is asked
 * once; what failed is asked for again.
 */
export class InstanceCache {
  private readonly instances = new Map<string, Entry<Instance>>();
  private readonly pages = new Map<string, Entry<FeaturePage>>();

  constructor(
    private readonly source: Source,
    private readonly origin: InstanceOrigin,
  ) {}

  instance(instanceId: string, part: string | undefined): Promise<Instance> {
    return recall(this.instances, JSON.stringify([instanceId, part]), () =>
      this.source.instance(this.origin, instanceId, part),
    );
  }

  /** The instance where it is at hand already. */
  atHand(instanceId: string, part: string | undefined): Instance | undefined {
    return fresh(this.instances.get(JSON.stringify([instanceId, part])))?.value;
  }

  features(instanceId: string, query: Partial<FeatureQuery>, part: string | undefined): Promise<FeaturePage> {
    return recall(this.pages, JSON.stringify([instanceId, part, query]), () =>
      this.source.instanceFeatures(this.origin, instanceId, query, part),
    );
  }
}

function fresh<T>(entry: Entry<T> | undefined): Entry<T> | undefined {
  return entry !== undefined && performance.now() - entry.since < freshMilliseconds ? entry : undefined;
}

function recall<T>(entries: Map<string, Entry<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = fresh(entries.get(key));
  if (known !== undefined) return known.promise;
  const entry: Entry<T> = { since: performance.now(), promise: ask() };
  entries.delete(key);
  entries.set(key, entry);
  entry.promise.then(
    (value) => {
      entry.value = value;
    },
    () => entries.delete(key),
  );
  if (entries.size > kept) entries.delete(entries.keys().next().value as string);
  return entry.promise;
}
