import { useRouter } from '../app/context.js';
import { experimentPath } from '../app/routes.js';
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

/** One instance beside the page: its answers and a new one, and what the latest model says of it. */
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
      <LatestExperiment store={store} instanceId={instanceId} />
    </Drawer>
  );
}

const triedExperiments = 3;

/** What the latest finished experiment on the dataset knows of the instance; nothing where there is none. */
function LatestExperiment({ store, instanceId }: LabelledDrawerProps) {
  const { source, name } = store;
  const router = useRouter();
  const loaded = useLoaded(async () => {
    const { experiments } = await source.home();
    const finished = experiments.filter(
      ({ project, dataset, state, kind }) =>
        project === name.project && dataset === name.dataset && state === 'done' && kind === 'classify',
    );
    // Results of a newer version cannot be read, and an instance may have come into the dataset since.
    for (const latest of finished.toReversed().slice(0, triedExperiments)) {
      const instance = await source.instance(latest.id, instanceId).catch(() => null);
      if (instance !== null) return { latest, instance };
    }
    return null;
  }, [instanceId]);
  return (
    <LoadedView of={loaded} what="the features">
      {(found) =>
        found === null ? (
          <p class="muted">
            No experiment on this dataset knows its features: train one to see what is special about it.
          </p>
        ) : (
          <details class="instance-more" open>
            <summary>
              Seen by experiment <DataText text={found.latest.name ?? found.latest.id} max={40} />
            </summary>
            <InstanceBody
              source={source}
              experiment={found.latest.id}
              instance={found.instance}
              part={undefined}
              withFacts={false}
              onFeature={(feature) => router.go(`${experimentPath(found.latest.id)}?feature=${feature}`)}
            />
          </details>
        )
      }
    </LoadedView>
  );
}
