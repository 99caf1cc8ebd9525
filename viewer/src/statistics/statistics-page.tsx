import { useMemo } from 'preact/hooks';
import { featureBlock, featureBlockPart } from '../../../src/schema/vocabulary.js';
import { useRouter, useSource } from '../app/context.js';
import { panelLoader } from '../classification/part-data.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { PanelGrid } from '../components/panel.js';
import type { SortState } from '../components/table-columns.js';
import { useLoaded } from '../components/use-loaded.js';
import type { ResultsProps } from '../experiment/results-props.js';
import { AlarmsPanel } from './alarms-panel.js';
import { DriftPanel } from './drift-panel.js';
import { DescribedFeatureDrawer } from './feature-drawer.js';
import type { FeatureDetails } from './feature-rows.js';
import { FeaturesPanel } from './features-panel.js';
import { PairsPanel } from './pairs-panel.js';
import './statistics.css';
import { createStatisticsStore } from './statistics-state.js';

const byArea: SortState = { key: 'rocAuc', direction: 'descending' };
const asInDataset: SortState = { key: 'dataset', direction: 'ascending' };

/** What the features of a dataset look like, by label or family: what to look at, all of them, one in full. */
export function StatisticsPage({ id, document }: ResultsProps) {
  const router = useRouter();
  const source = useSource();
  const load = useMemo(() => panelLoader(source, id, document), [source, id, document]);
  const loaded = useLoaded(async () => {
    const [statistics, alarms, pairs, drift] = await Promise.all([
      load('feature-statistics'),
      load('feature-alarms'),
      load('feature-pairs'),
      load('feature-drift'),
    ]);
    return { statistics, alarms, pairs, drift };
  }, [load]);
  const there = loaded.state === 'there' ? loaded.value.statistics : null;
  const scored = there?.scores.some(({ name, values }) => name === 'rocAuc' && values.some((value) => value !== null));
  const store = useMemo(() => createStatisticsStore(router, scored ? byArea : asInDataset), [router, scored]);
  const details = async (index: number): Promise<FeatureDetails> => {
    const place = there?.columns?.[index] ?? index;
    const block = await load('feature-details', featureBlockPart(Math.floor(place / featureBlock)));
    const found = block?.features.find((feature) => feature.index === place);
    if (found === undefined) throw new Error('This report has no details of the feature: “secuml serve” shows them.');
    return found;
  };
  return (
    <LoadedView of={loaded} what="the statistics" lines={12}>
      {({ statistics, alarms, pairs, drift }) => {
        if (statistics === null) return <Notice kind="empty" title="This report has no statistics of features" />;
        const open = (feature: number): void => {
          if (feature >= 0) store.change({ feature }, 'push');
        };
        const { features } = statistics;
        const { feature: chosen, named } = store.state.value;
        const feature = chosen ?? (named === null ? null : features.indexOf(named));
        return (
          <div class="statistics">
            <PanelGrid>
              {alarms && <AlarmsPanel alarms={alarms.alarms} features={features} onOpen={open} />}
              {drift && <DriftPanel data={drift} />}
              <FeaturesPanel store={store} data={statistics} />
              {pairs && <PairsPanel data={pairs} features={features} onOpen={open} />}
            </PanelGrid>
            {feature !== null && feature >= 0 && feature < features.length && (
              <DescribedFeatureDrawer
                data={statistics}
                index={feature}
                load={details}
                onClose={() => store.change({ feature: null }, 'push')}
              />
            )}
          </div>
        );
      }}
    </LoadedView>
  );
}
