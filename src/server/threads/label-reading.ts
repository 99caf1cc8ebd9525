import type { LabelHistory } from '../../schema/api/instance.js';
import type { LabelSetName } from '../../workspace/label-store.js';
import type { Workspace } from '../../workspace/workspace.js';

/** What label sets say; their logs are read, no lock is waited for. */
export function labelReading(workspace: Workspace) {
  return {
    labelSets: ({ project, dataset }: Omit<LabelSetName, 'set'>): Promise<string[]> =>
      workspace.labels.list(project, dataset),

    /** What a set says of an instance, with the families of the set alone. */
    labelHistory: async ({ set, instanceId }: { set: LabelSetName; instanceId: string }): Promise<LabelHistory> => {
      const events = await workspace.labels.eventsOf(set, instanceId);
      const last = events.at(-1);
      return {
        label: last?.label ?? null,
        family: last?.family ?? null,
        events,
        families: await workspace.labels.families(set),
      };
    },
  };
}
