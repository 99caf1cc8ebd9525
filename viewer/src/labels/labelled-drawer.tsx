import { DataText } from '../components/data-text.js';
import { Drawer } from '../components/drawer.js';
import { Loading, LoadedView } from '../components/loading.js';
import { useLoaded } from '../components/use-loaded.js';
import { InstanceBody } from '../instance/instance-body.js';
import { InstanceLabels } from '../instance/instance-labels.js';
import type { LabelsStore } from './labels-store.js';

export interface LabelledDrawerProps {
  readonly store: LabelsStore;
  readonly instanceId: string;
}

/** One instance beside the page: its answers and a new one, and what is special about it. */
export function LabelledDrawer({ store, instanceId }: LabelledDrawerProps) {
  const { source, name, page, change, refresh } = store;
  const history = useLoaded(() => source.labelHistory(name, instanceId), [instanceId, page.events], { keep: true });
  const last = history.state === 'there' ? history.value.events.at(-1) : undefined;
  const ident = last?.instance_id === instanceId ? last.ident : instanceId;
  const { project, dataset } = name;
  return (
    <Drawer
      title={<DataText text={ident} max={60} />}
      shows={instanceId}
      onClose={() => change({ instance: null }, 'push')}
    >
      <p class="drawer-subject muted">
        Instance <DataText text={instanceId} max={60} mono />
      </p>
      {history.state === 'loading' ? (
        <Loading what="Loading the answers" />
      ) : (
        <InstanceLabels
          key={instanceId}
          source={source}
          instance={{ project, dataset, instanceId, ident, family: null }}
          set={name.set}
          onAnswer={refresh}
        />
      )}
      <OfDataset store={store} instanceId={instanceId} />
    </Drawer>
  );
}

/** Its features by how unusual they are, or the original; nothing where the dataset has it no more. */
function OfDataset({ store, instanceId }: LabelledDrawerProps) {
  const { source, name } = store;
  const origin = { project: name.project, dataset: name.dataset };
  const loaded = useLoaded(() => source.instance(origin, instanceId), [instanceId]);
  return (
    <LoadedView of={loaded} what="the features">
      {(instance) => (
        <InstanceBody
          source={source}
          origin={origin}
          instance={instance}
          part={undefined}
          withFacts={false}
          onFeature={null}
        />
      )}
    </LoadedView>
  );
}
