import { LabelRows } from '../../rows/label-rows.js';
import type {
  LabelPage,
  LabelQuery,
  LabelSetList,
  LabelSetPage,
  OperationPreview,
  OperationSummary,
  SetChange,
} from '../../schema/api/labels.js';
import type { LabelHistory as InstanceHistory } from '../../schema/api/instance.js';
import type { Configuration } from '../../workspace/configuration.js';
import { countFamilies } from '../../workspace/labels/family-counts.js';
import { labelCsv } from '../../workspace/labels/label-csv.js';
import { LabelHistory, type LabelOperation } from '../../workspace/labels/editing/label-history.js';
import { type LabelSetSummary, summariseLabelSet } from '../../workspace/labels/label-set-summary.js';
import { operationTitle } from '../../workspace/labels/editing/operation-titles.js';
import { LabelReader } from '../../workspace/labels/label-reader.js';
import type { LabelLog, LabelSetName } from '../../workspace/labels/label-store.js';
import { scanResults } from '../../workspace/scan.js';
import { type GroupMembers, mayBegin, setOperation } from './set-operation.js';

/** So many of the latest operations are told. */
const toldOperations = 50;
const toldExamples = 5;
/** So many sets are kept ready for queries. */
const keptSets = 4;

/** A set as it stood after an event, ready for queries. */
interface ReadySet {
  readonly current: LabelLog['current'];
  readonly events: number;
  readonly rows: LabelRows;
  /** Made when first asked for: a list of instances does not need it. */
  page(): LabelSetPage;
}

/**
 * What label sets say, read from their logs alone: neither a database nor a lock is waited for. A thread of its own:
 * a log of 100,000 answers takes a moment to be read for the first time.
 */
export async function labelSetService({ outputDir }: Configuration) {
  const reader = new LabelReader(outputDir);
  const ready = new Map<string, ReadySet>();

  const open = async (set: LabelSetName): Promise<ReadySet> => {
    const key = JSON.stringify([set.project, set.dataset, set.set]);
    const log = await reader.read(set);
    const found = ready.get(key);
    // A log that was removed and begun afresh has another map.
    const stands = found !== undefined && found.current === log.current && found.events === log.events.length;
    const opened = stands ? found : prepare(set, log);
    ready.delete(key);
    ready.set(key, opened);
    if (ready.size > keptSets) ready.delete(ready.keys().next().value as string);
    return opened;
  };

  return {
    list: async ({ project, dataset }: Partial<LabelSetName>): Promise<LabelSetList> => {
      const found = (await scanResults(outputDir)).flatMap(({ labelSets }) => labelSets);
      const isMeant = (set: LabelSetName): boolean =>
        (project === undefined || set.project === project) && (dataset === undefined || set.dataset === dataset);
      const sets: LabelSetSummary[] = [];
      for (const set of found.filter(isMeant)) sets.push(summariseLabelSet(set, await reader.read(set)));
      return { sets };
    },

    names: ({ project, dataset }: Omit<LabelSetName, 'set'>): Promise<string[]> => reader.list(project, dataset),

    page: async (set: LabelSetName): Promise<LabelSetPage> => (await open(set)).page(),

    instances: async ({ set, query }: { set: LabelSetName; query: LabelQuery }): Promise<LabelPage> =>
      (await open(set)).rows.page(query),

    /** What a set says of an instance, with the families of the set alone. */
    history: async ({ set, instanceId }: { set: LabelSetName; instanceId: string }): Promise<InstanceHistory> => {
      const events = await reader.eventsOf(set, instanceId);
      const last = events.at(-1);
      return {
        label: last?.label ?? null,
        family: last?.family ?? null,
        events,
        families: await reader.families(set),
      };
    },

    preview: async ({
      set,
      change,
      members,
    }: {
      readonly set: LabelSetName;
      readonly change: SetChange;
      readonly members: GroupMembers;
    }): Promise<OperationPreview> => {
      const log = await (mayBegin(change) ? reader.readOrNew(set) : reader.read(set));
      const { title, changes, notes } = setOperation(change, members).plan(log);
      return { title, changes: changes.length, notes: [...notes], examples: changes.slice(0, toldExamples) };
    },

    csv: async (set: LabelSetName): Promise<string> => [...labelCsv(await reader.current(set))].join(''),
  };
}

export type LabelSetService = Awaited<ReturnType<typeof labelSetService>>;

function prepare(set: LabelSetName, log: LabelLog): ReadySet {
  const rows = Array.from(log.current, ([instanceId, { ident, label, family, n, at, author }]) => {
    return { instanceId, ident, label, family, n, at, author };
  });
  let page: LabelSetPage | undefined;
  return {
    current: log.current,
    events: log.events.length,
    rows: new LabelRows(rows),
    page: () => (page ??= describeSet(set, log)),
  };
}

function describeSet({ project, dataset, set }: LabelSetName, { current, events, warnings }: LabelLog): LabelSetPage {
  const held = [...current.values()];
  const families: LabelSetPage['families'] = countFamilies(held);
  for (const label of ['malicious', 'benign'] as const) {
    const instances = held.filter((one) => one.label === label && one.family === null).length;
    if (instances > 0) families.push({ family: null, label, instances });
  }
  const history = new LabelHistory(events);
  const summary = (operation: LabelOperation): OperationSummary => {
    const { kind, first, last, at, author, written, holding, undone } = operation;
    return { kind, first, last, title: operationTitle(history, operation), at, author, written, holding, undone };
  };
  const malicious = held.filter(({ label }) => label === 'malicious').length;
  const { lastStanding } = history;
  return {
    project,
    dataset,
    set,
    events: events.length,
    labels: held.length,
    malicious,
    benign: held.length - malicious,
    families,
    authors: countAuthors(held),
    operations: history.operations.slice(-toldOperations).toReversed().map(summary),
    undo: lastStanding === undefined ? null : summary(lastStanding),
    warnings: [...warnings],
  };
}

function countAuthors(held: readonly { readonly author: string | null }[]): LabelSetPage['authors'] {
  const counts = new Map<string | null, number>();
  for (const { author } of held) counts.set(author, (counts.get(author) ?? 0) + 1);
  return [...counts].map(([author, instances]) => ({ author, instances })).sort((a, b) => b.instances - a.instances);
}
