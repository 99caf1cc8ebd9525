import { useMemo } from 'preact/hooks';
import { componentPair, parts } from '../../../src/schema/vocabulary.js';
import { useRouter, useSource } from '../app/context.js';
import { InstanceDrawer } from '../classification/instance-drawer.js';
import { createPageStore } from '../classification/page-store.js';
import { panelLoader } from '../classification/part-data.js';
import { LoadedView } from '../components/loading.js';
import { PanelGrid } from '../components/panel.js';
import { useLoaded } from '../components/use-loaded.js';
import type { ResultsProps } from '../experiment/results-props.js';
import { LabelGroupPanel } from '../labels/label-group-panel.js';
import { figureKind } from '../text/headline-names.js';
import { FeaturesPanel, VariancePanel } from './component-panels.js';
import { PicturePanel } from './picture-panel.js';
import { areaText, viewOf } from './picture-view.js';
import { ProjectedList } from './projected-list.js';
import './projection.css';
import { createProjectionStore } from './projection-state.js';
import { SelectionPanel } from './selection-panel.js';
import { useViews } from './use-views.js';

/** Instances in two components at a time: where they lie, who is there, what the components are. */
export function ProjectionPage({ id, document }: ResultsProps) {
  const router = useRouter();
  const source = useSource();
  const load = useMemo(() => panelLoader(source, id, document), [source, id, document]);
  const drawn = document.panels.reduce((most, { kind, part }) => {
    const last = kind === 'hexagons' ? Number(part?.split('-')[1]) : 0;
    return Math.max(most, last);
  }, 0);
  const picture = useMemo(() => createProjectionStore(router, drawn), [router, drawn]);
  const store = useMemo(() => createPageStore(router, source, id, document), [router, source, id, document]);
  const { x, y, area } = picture.state.value;
  const { instance } = store.state.value;
  const views = useViews(picture);
  const chosen = area && areaText(area);
  const groups = useLoaded(
    async () => (chosen === null ? null : source.groups(id, { area: chosen })),
    [source, id, chosen],
    { keep: true },
  );
  const described = useLoaded(
    async () => ({ variance: await load('component-variance'), features: await load('component-features') }),
    [load],
  );
  return (
    <div class="projection">
      <PanelGrid>
        <PicturePanel
          source={source}
          id={id}
          store={picture}
          views={views}
          drawn={drawn}
          note={noteOf(document.headline)}
          stored={(across, upwards) => load('hexagons', componentPair(across, upwards))}
        />
        <LoadedView of={groups} what="what is chosen">
          {(members) => (
            <>
              <SelectionPanel
                source={source}
                id={id}
                area={chosen}
                groups={members}
                onOpen={(instanceId) => store.change({ instance: instanceId, feature: null }, 'push')}
                onZoom={() => area && views.show(viewOf(area))}
                onDrop={() => picture.change({ area: null })}
              />
              {source.live && chosen !== null && members !== null && members.instances > 0 && (
                <LabelGroupPanel
                  key={chosen}
                  document={document}
                  title="Label the whole selection"
                  what="selection"
                  group={{ operation: 'label-area', experiment: id, area: chosen }}
                  members={members}
                />
              )}
            </>
          )}
        </LoadedView>
        <ProjectedList store={store} area={chosen} x={x} y={y} />
        <LoadedView of={described} what="the components">
          {({ variance, features }) => (
            <>
              {variance && <VariancePanel variance={variance} />}
              {features && <FeaturesPanel features={features} wide={variance === null} />}
            </>
          )}
        </LoadedView>
      </PanelGrid>
      {instance !== null && (
        <InstanceDrawer store={store} instanceId={instance} pagePart={parts.projection} part={parts.projection} />
      )}
    </div>
  );
}

function noteOf(headline: Readonly<Record<string, number | null>>): string {
  return ['explainedVariance', 'classSeparation', 'trustworthiness']
    .filter((name) => (headline[name] ?? null) !== null)
    .map(
      (name) =>
        `${figureKind(name).title.toLowerCase()} ${figureKind(name).format(headline[name])}${meanings[name] ?? ''}`,
    )
    .join('; ');
}

const meanings: Readonly<Record<string, string>> = {
  classSeparation: ' (distances within malicious and benign to those between: below 1 they lie apart)',
  trustworthiness: ' (whether neighbours here are neighbours in the data: 1 is wholly)',
};
