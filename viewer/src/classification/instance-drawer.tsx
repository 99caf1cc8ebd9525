import { useMemo } from 'preact/hooks';
import type { PredictionRow } from '../../../src/schema/api/rows.js';
import { parts } from '../../../src/schema/vocabulary.js';
import { DataText } from '../components/data-text.js';
import { Drawer } from '../components/drawer.js';
import { LoadedView } from '../components/loading.js';
import { useLoaded } from '../components/use-loaded.js';
import { InstanceBody, InstanceFacts } from '../instance/instance-body.js';
import { InstanceCache } from '../instance/instance-cache.js';
import { InstanceLabels } from '../instance/instance-labels.js';
import { NeighbourButtons } from '../instance/neighbour-buttons.js';
import type { InstancePanel } from '../instance/panel-state.js';
import type { PageStore } from './page-store.js';
import { useNeighbours, useSteps } from './use-neighbours.js';

export interface InstanceDrawerProps {
  readonly store: PageStore;
  readonly instanceId: string;
  /** The part that the page shows. */
  readonly pagePart: string;
  /** The part it was found in: ids are unique within a dataset only. Undefined where that is not known. */
  readonly part: string | undefined;
}

/** One instance beside the page: what it is, and what the experiment said of it, part by part. */
export function InstanceDrawer({ store, instanceId, pagePart, part }: InstanceDrawerProps) {
  const { source, id } = store;
  const cache = useMemo(() => new InstanceCache(source, id), [source, id]);
  const asked = useLoaded(() => cache.instance(instanceId, part), [instanceId, part]);
  // What was fetched ahead is shown at once.
  const ready = cache.atHand(instanceId, part);
  const loaded = ready === undefined ? asked : { state: 'there' as const, value: ready, again: () => undefined };
  const neighbours = useNeighbours(store, cache, instanceId, part);
  const show = (row: PredictionRow): void =>
    store.change({ instance: row.instanceId, instancePart: row.part === pagePart ? null : row.part });
  const step = useSteps(neighbours, show);
  const panel: InstancePanel = {
    state: store.state.value.instancePanel,
    change: (patch) => store.change({ instancePanel: { ...store.state.peek().instancePanel, ...patch } }),
  };
  return (
    <Drawer
      title={<DataText text={loaded.state === 'there' ? loaded.value.ident : instanceId} max={60} />}
      shows={`${part} ${instanceId}`}
      actions={<NeighbourButtons neighbours={neighbours} onStep={step} />}
      onClose={() => {
        const { instancePanel } = store.state.peek();
        store.change({ instance: null, instancePart: null, instancePanel: { ...instancePanel, text: '' } }, 'push');
      }}
    >
      <LoadedView of={loaded} what="the instance">
        {(instance) => (
          <>
            <InstanceFacts instance={instance} />
            {source.live && (
              <details class="instance-more" open>
                <summary>Label this instance</summary>
                <InstanceLabels source={source} instance={instance} />
              </details>
            )}
            <InstanceBody
              source={source}
              origin={id}
              instance={instance}
              part={part}
              withFacts={false}
              panel={panel}
              cache={cache}
              onFeature={(feature) => store.change({ feature }, 'push')}
              // What the model learned from is in the dataset that the part `train` is of.
              onInstance={(other) => store.change({ instance: other, instancePart: parts.train }, 'push')}
            />
          </>
        )}
      </LoadedView>
    </Drawer>
  );
}
