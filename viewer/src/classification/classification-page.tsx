import { useMemo } from 'preact/hooks';
import { parts } from '../../../src/schema/vocabulary.js';
import { useRouter, useSource } from '../app/context.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { PanelGrid } from '../components/panel.js';
import { useLoaded } from '../components/use-loaded.js';
import type { Source } from '../source/source.js';
import './classification.css';
import { DependenceChart } from './dependence-chart.js';
import { FeatureDrawer } from './feature-drawer.js';
import { InstanceDrawer } from './instance-drawer.js';
import { ModelPanels } from './model-panels.js';
import { createPageStore, type PageStore } from './page-store.js';
import { PartBar } from './part-bar.js';
import { loadPart, panelLoader } from './part-data.js';
import { PartView } from './part-view.js';
import { type ModelDocument, partChoices } from './parts.js';

interface ClassificationProps {
  readonly id: string;
  readonly document: ModelDocument;
  /** Where predictions and instances come from, if not from the experiment. */
  readonly source?: Source;
}

/** What a classification found: one threshold drives figures, curves, families and instances of the chosen part. */
export function ClassificationPage({ id, document, source: own }: ClassificationProps) {
  const router = useRouter();
  const served = useSource();
  const source = own ?? served;
  const store = useMemo(() => createPageStore(router, source, id, document), [router, source, id, document]);
  const choices = useMemo(() => partChoices(document), [document]);
  const asked = store.state.value.part;
  const part = choices.find((choice) => choice.part === asked)?.part ?? choices[0]?.part;
  const load = useMemo(() => panelLoader(source, id, document), [source, id, document]);
  if (part === undefined) return <Notice kind="empty" title="This experiment has no predictions" />;
  return (
    <div class="classification">
      <PartBar choices={choices} part={part} onChange={(chosen) => store.change({ part: chosen }, 'push')} />
      <Part key={part} store={store} part={part} load={load} />
      <PanelGrid>
        <ModelPanels store={store} load={load} />
      </PanelGrid>
      <Drawers store={store} part={part} load={load} />
    </div>
  );
}

interface PartProps {
  readonly store: PageStore;
  readonly part: string;
  readonly load: ReturnType<typeof panelLoader>;
}

function Part({ store, part, load }: PartProps) {
  const loaded = useLoaded(() => loadPart(store.document, load, part), [part, load]);
  return (
    <LoadedView of={loaded} what="the results" lines={12}>
      {(data) => <PartView store={store} data={data} />}
    </LoadedView>
  );
}

/** What the model makes of other values of a feature, where that was asked for. */
function FeatureDependence({ store, column, load }: Omit<PartProps, 'part'> & { readonly column: number }) {
  const loaded = useLoaded(() => load('partial-dependence'), [load]);
  const dependence = loaded.state === 'there' ? loaded.value : null;
  const varied = dependence?.features.find((feature) => feature.column === column);
  if (!dependence || varied === undefined) return null;
  return (
    <section aria-label="Partial dependence">
      <h3>Partial dependence</h3>
      <DependenceChart store={store} dependence={dependence} varied={varied} height={240} />
    </section>
  );
}

function Drawers({ store, part, load }: PartProps) {
  const { instance, instancePart, feature } = store.state.value;
  // Of several parts together none is where the instance is.
  const ofPart = instancePart ?? (part === parts.cv || part === parts.all ? undefined : part);
  if (feature !== null) {
    return (
      <FeatureDrawer
        source={store.source}
        origin={store.id}
        index={feature}
        instance={instance === null ? undefined : { instanceId: instance, part: ofPart }}
        more={<FeatureDependence store={store} column={feature} load={load} />}
        onClose={() => store.change({ feature: null }, 'push')}
      />
    );
  }
  if (instance !== null) {
    return <InstanceDrawer store={store} instanceId={instance} pagePart={part} part={ofPart} />;
  }
  return null;
}
