import { useMemo } from 'preact/hooks';
import { parts } from '../../../src/schema/vocabulary.js';
import { useRouter, useSource } from '../app/context.js';
import { FeatureDrawer } from '../classification/feature-drawer.js';
import { InstanceDrawer } from '../classification/instance-drawer.js';
import { createPageStore } from '../classification/page-store.js';
import { panelLoader } from '../classification/part-data.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { PanelGrid } from '../components/panel.js';
import { useLoaded } from '../components/use-loaded.js';
import type { ResultsProps } from '../experiment/results-props.js';
import { LabelGroupPanel } from '../labels/label-group-panel.js';
import { ChoicePanel } from './choice-panel.js';
import { clusterTitle } from './cluster-text.js';
import { ClustersPanel } from './clusters-panel.js';
import './clustering.css';
import { DifferencePanel } from './difference-panel.js';
import { MembersPanel } from './members-panel.js';
import { QualityPanel } from './quality-panel.js';
import { SamplePanel } from './sample-panel.js';

/** Groups of instances: how large and how good, what sets one apart, who is in it. */
export function ClusteringPage({ id, document }: ResultsProps) {
  const router = useRouter();
  const source = useSource();
  const store = useMemo(() => createPageStore(router, source, id, document), [router, source, id, document]);
  const load = useMemo(() => panelLoader(source, id, document), [source, id, document]);
  const loaded = useLoaded(
    async () => ({ data: await load('clusters'), choice: await load('cluster-choice') }),
    [load],
  );
  const { list, instance, feature } = store.state.value;
  return (
    <LoadedView of={loaded} what="the clusters" lines={12}>
      {({ data, choice }) => {
        if (data === null || data.clusters.length === 0)
          return <Notice kind="empty" title="This report has no clusters" />;
        const chosen = data.clusters.find(({ name }) => name === list.predicted) ?? data.clusters[0];
        const choose = (name: string): void => store.changeList({ predicted: name, text: '' }, 'push');
        const open = (instanceId: string): void => store.change({ instance: instanceId, feature: null }, 'push');
        return (
          <div class="clustering">
            <PanelGrid>
              <ClustersPanel data={data} chosen={chosen.name} onChoose={choose} />
              <QualityPanel headline={document.headline} />
              {choice && <ChoicePanel choice={choice} />}
              <DifferencePanel
                cluster={chosen}
                onFeature={source.live ? (index) => store.change({ feature: index }, 'push') : undefined}
              />
              <SamplePanel key={chosen.name} cluster={chosen} onOpen={open} />
              {source.live && (
                <LabelGroupPanel
                  key={`label ${chosen.name}`}
                  document={document}
                  title={`${clusterTitle(chosen.name)}: label all of it`}
                  what="cluster"
                  group={{ operation: 'label-cluster', experiment: id, cluster: chosen.name }}
                  members={{ ...chosen, instances: chosen.size }}
                />
              )}
              <MembersPanel store={store} cluster={chosen} />
            </PanelGrid>
            {feature === null && instance !== null && (
              <InstanceDrawer store={store} instanceId={instance} pagePart={parts.clusters} part={parts.clusters} />
            )}
            {feature !== null && (
              <FeatureDrawer
                source={source}
                origin={id}
                index={feature}
                instance={instance === null ? undefined : { instanceId: instance, part: parts.clusters }}
                onClose={() => store.change({ feature: null }, 'push')}
              />
            )}
          </div>
        );
      }}
    </LoadedView>
  );
}
