import { DataText } from '../components/data-text.js';
import { Drawer } from '../components/drawer.js';
import { LoadedView } from '../components/loading.js';
import { useLoaded } from '../components/use-loaded.js';
import { InstanceBody } from '../instance/instance-body.js';
import { InstanceLabels } from '../instance/instance-labels.js';
import type { PageStore } from './page-store.js';

export interface InstanceDrawerProps {
  readonly store: PageStore;
  readonly instanceId: string;
  /** The part it was found in: ids are unique within a dataset only. Undefined where that is not known. */
  readonly part: string | undefined;
}

/** One instance beside the page: what it is, and what the experiment said of it, part by part. */
export function InstanceDrawer({ store, instanceId, part }: InstanceDrawerProps) {
  const loaded = useLoaded(() => store.source.instance(store.id, instanceId, part), [instanceId, part]);
  const title = loaded.state === 'there' ? loaded.value.ident : instanceId;
  return (
    <Drawer
      title={<DataText text={title} max={60} />}
      shows={instanceId}
      onClose={() => store.change({ instance: null, instancePart: null }, 'push')}
    >
      <LoadedView of={loaded} what="the instance">
        {(instance) => (
          <>
            <InstanceBody
              source={store.source}
              experiment={store.id}
              instance={instance}
              part={part}
              onFeature={(index) => store.change({ feature: index, instance: null, instancePart: null }, 'push')}
            />
            {store.source.live && (
              <details class="instance-more" open>
                <summary>Label this instance</summary>
                <InstanceLabels source={store.source} instance={instance} />
              </details>
            )}
          </>
        )}
      </LoadedView>
    </Drawer>
  );
}
