import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Drawer } from '../components/drawer.js';
import { LoadedView } from '../components/loading.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { InstanceFeatures } from '../instance/instance-features.js';
import { InstanceLabels } from '../instance/instance-labels.js';
import { InstanceReasons } from '../instance/instance-reasons.js';
import { InstanceViews } from '../instance/instance-views.js';
import { partTitle } from './parts.js';
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
            <dl class="instance-facts">
              <dt>Label</dt>
              <dd>
                <LabelBadge label={instance.label} />
              </dd>
              <dt>Family</dt>
              <dd>{instance.family === null ? 'none' : <DataText text={instance.family} />}</dd>
              <dt>Instance id</dt>
              <dd>
                <DataText text={instance.instanceId} mono />
              </dd>
              {instance.timestamp !== null && (
                <>
                  <dt>Time</dt>
                  <dd>{instance.timestamp}</dd>
                </>
              )}
            </dl>
            <SimpleTable
              caption="Predictions"
              rows={instance.predictions}
              rowKey={({ row }) => row}
              columns={[
                {
                  key: 'part',
                  title: 'part',
                  heads: true,
                  cell: (row) => <DataText text={partTitle(row.part)} max={40} />,
                },
                {
                  key: 'predicted',
                  title: 'predicted',
                  cell: ({ predicted }) => predicted !== null && <DataText text={predicted} max={40} />,
                },
                {
                  key: 'probability',
                  title: 'probability',
                  align: 'end',
                  cell: ({ probability }) => formatNumber(probability),
                },
                { key: 'score', title: 'score', align: 'end', cell: ({ score }) => formatNumber(score) },
                { key: 'rank', title: 'rank', align: 'end', cell: ({ rank }) => formatCount(rank) },
              ]}
            />
            <InstanceReasons instance={instance} />
            <InstanceFeatures
              source={store.source}
              experiment={store.id}
              instance={instance}
              part={part}
              onFeature={(index) => store.change({ feature: index, instance: null, instancePart: null }, 'push')}
            />
            {store.source.live && instance.views.length > 0 && (
              <details class="instance-more">
                <summary>The original</summary>
                <InstanceViews source={store.source} experiment={store.id} instance={instance} part={part} />
              </details>
            )}
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
