import { useMemo } from 'preact/hooks';
import { componentPair } from '../../../src/schema/vocabulary.js';
import { useRouter, useSource } from '../app/context.js';
import { panelLoader } from '../classification/part-data.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { Panel, PanelGrid } from '../components/panel.js';
import { Select } from '../components/select.js';
import { useLoaded } from '../components/use-loaded.js';
import type { ResultsProps } from '../experiment/results-props.js';
import { figureKind } from '../text/headline-names.js';
import { FeaturesPanel, VariancePanel } from './component-panels.js';
import { HexagonChart } from './hexagon-chart.js';
import { HexagonPanel } from './hexagon-panel.js';
import { ProjectedDrawer } from './projected-drawer.js';
import './projection.css';
import { createProjectionStore } from './projection-state.js';

/** Instances in two components at a time: where they lie, who is there, what the components are. */
export function ProjectionPage({ id, document }: ResultsProps) {
  const router = useRouter();
  const source = useSource();
  const load = useMemo(() => panelLoader(source, id, document), [source, id, document]);
  const drawn = document.panels.reduce((most, { kind, part }) => {
    const last = kind === 'hexagons' ? Number(part?.split('-')[1]) : 0;
    return Math.max(most, last);
  }, 0);
  const store = useMemo(() => createProjectionStore(router, drawn), [router, drawn]);
  const { x, y, hexagon, instance } = store.state.value;
  const described = useLoaded(
    async () => ({ variance: await load('component-variance'), features: await load('component-features') }),
    [load],
  );
  const picture = useLoaded(() => load('hexagons', componentPair(x, y)), [load, x, y], { keep: true });
  const { project, dataset } = document;
  return (
    <div class="projection">
      <PanelGrid>
        <Panel
          title={y === x ? `Component ${x}` : `Components ${x} and ${y}`}
          span={8}
          note={noteOf(document.headline)}
          actions={
            drawn > 2 && (
              <Pickers
                drawn={drawn}
                x={x}
                y={y}
                onChoose={(pair) => store.change({ ...pair, hexagon: null }, 'push')}
              />
            )
          }
        >
          <LoadedView of={picture} what="the picture" lines={12}>
            {(data) =>
              data === null ? (
                <Notice kind="empty" title="This report has no picture of these components" />
              ) : (
                <>
                  <HexagonChart
                    key={`${data.x}-${data.y}`}
                    picture={data}
                    chosen={hexagon}
                    onChoose={(k) => store.change({ hexagon: k })}
                  />
                  <Legend />
                </>
              )
            }
          </LoadedView>
        </Panel>
        <HexagonPanel
          hexagon={(picture.state === 'there' && hexagon !== null && picture.value?.hexagons[hexagon]) || null}
          onOpen={(instanceId) => store.change({ instance: instanceId }, 'push')}
        />
        <LoadedView of={described} what="the components">
          {({ variance, features }) => (
            <>
              {variance && <VariancePanel variance={variance} />}
              {features && <FeaturesPanel features={features} wide={variance === null} />}
            </>
          )}
        </LoadedView>
      </PanelGrid>
      {instance !== null && source.live && (
        <ProjectedDrawer
          source={source}
          origin={{ project, dataset: dataset.name }}
          instanceId={instance}
          onClose={() => store.change({ instance: null }, 'push')}
        />
      )}
    </div>
  );
}

function noteOf(headline: Readonly<Record<string, number | null>>): string {
  return ['explainedVariance', 'classSeparation', 'trustworthiness']
    .filter((name) => (headline[name] ?? null) !== null)
    .map((name) => `${figureKind(name).title.toLowerCase()} ${figureKind(name).format(headline[name])}`)
    .join('; ');
}

interface PickersProps {
  readonly drawn: number;
  readonly x: number;
  readonly y: number;
  readonly onChoose: (pair: { x: number; y: number }) => void;
}

/** Which two of the first components: across is the smaller one. */
function Pickers({ drawn, x, y, onChoose }: PickersProps) {
  const numbers = (from: number, until: number) =>
    Array.from({ length: until - from + 1 }, (_, k) => ({ value: String(from + k), title: String(from + k) }));
  return (
    <>
      <Select
        label="Across"
        value={String(x)}
        choices={numbers(1, drawn - 1)}
        onChange={(value) => onChoose({ x: Number(value), y: Math.max(y, Number(value) + 1) })}
      />
      <Select
        label="Upwards"
        value={String(y)}
        choices={numbers(x + 1, drawn)}
        onChange={(value) => onChoose({ x, y: Number(value) })}
      />
    </>
  );
}

function Legend() {
  return (
    <p class="hexagon-legend muted">
      <span class="swatch malicious" /> malicious <span class="swatch benign" /> benign{' '}
      <span class="swatch mixed">–</span> both <span class="swatch all" /> no label; the larger the more instances
    </p>
  );
}
