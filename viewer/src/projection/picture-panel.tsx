import { useState } from 'preact/hooks';
import type { FrameOf } from '../../../src/rows/hexagons/hexagon-grid.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { type Choice, Select } from '../components/select.js';
import type { Loaded } from '../components/use-loaded.js';
import type { Source } from '../source/source.js';
import { formatCount } from '../text/numbers.js';
import { HexagonChart, type Tool } from './hexagon-chart.js';
import { type HexagonPicture, markedFamilies } from './hexagon-colours.js';
import { PictureLegend } from './picture-legend.js';
import { PictureKeys, PictureTools } from './picture-tools.js';
import { isWhole, sees, wholeView, zoomed } from './picture-view.js';
import type { ProjectionStore } from './projection-state.js';
import { isSqueezed } from './squeezed.js';
import { type LeveledPicture, usePicture } from './use-picture.js';
import type { Views } from './use-views.js';

export interface PicturePanelProps {
  readonly source: Source;
  readonly id: string;
  readonly store: ProjectionStore;
  readonly views: Views;
  /** Components there are pictures of. */
  readonly drawn: number;
  readonly note: string;
  readonly stored: (x: number, y: number) => Promise<HexagonPicture | null>;
}

const frames: readonly Choice<FrameOf>[] = [
  { value: 'all', title: 'everything' },
  { value: 'middle', title: 'the middle 98 %' },
];

/** The picture of two components, and everything that changes what it shows. */
export function PicturePanel({ source, id, store, views, drawn, note, stored }: PicturePanelProps) {
  const { x, y, frame, view, colouring, area } = store.state.value;
  const [tool, setTool] = useState<Tool>('move');
  const { show, back } = views;
  const picture = usePicture(source, id, view, { x, y, frame }, () => stored(x, y));
  return (
    <Panel
      title={y === x ? `Component ${x}` : `Components ${x} and ${y}`}
      span={8}
      note={note}
      actions={
        <>
          {drawn > 2 && <Pickers drawn={drawn} x={x} y={y} onChoose={(pair) => store.change(pair, 'push')} />}
          <Select
            label="Around"
            value={frame}
            choices={frames}
            onChange={(wanted) => store.change({ frame: wanted }, 'push')}
          />
        </>
      }
    >
      <PictureTools
        tool={tool}
        onTool={setTool}
        colouring={colouring}
        onColouring={(wanted) => store.change({ colouring: wanted })}
        onCloser={() => show(zoomed(view, 0.6))}
        onFarther={isWhole(view) ? null : () => show(zoomed(view, 1 / 0.6))}
        onBack={back}
        onWhole={isWhole(view) ? null : () => show(wholeView)}
      />
      <Shown picture={picture}>
        {({ whole, shown }) => {
          if (shown === null) {
            return (
              <Notice kind="empty" title="This file has the whole picture only: “secuml serve” shows its middle" />
            );
          }
          const marked = markedFamilies(whole);
          return (
            <>
              <HexagonChart
                key={`${x}-${y} ${frame}`}
                picture={shown}
                view={view}
                colouring={colouring}
                marked={marked}
                tool={tool}
                area={area}
                onView={show}
                onChoose={(chosen) => store.change({ area: chosen })}
                onBack={() => back?.()}
              />
              <PictureLegend colouring={colouring} marked={marked} />
              {frame === 'all' && source.live && isWhole(view) && isSqueezed(whole) && (
                <p class="picture-squeezed">
                  A few instances far out press nearly all others into a strip.{' '}
                  <button type="button" class="small" onClick={() => store.change({ frame: 'middle' }, 'push')}>
                    Look at the middle 98 %
                  </button>
                </p>
              )}
              {shown.frame === 'middle' && isWhole(view) && <Outside picture={shown} />}
              {shown.coarse && (
                <p class="muted">This file has hexagons of one size: “secuml serve” shows finer ones.</p>
              )}
              <PictureKeys />
            </>
          );
        }}
      </Shown>
    </Panel>
  );
}

type Pictures = NonNullable<ReturnType<typeof usePicture> extends Loaded<infer T> ? T : never>;

function Shown({
  picture,
  children,
}: {
  readonly picture: Loaded<Pictures | null>;
  readonly children: (pictures: Pictures) => preact.ComponentChildren;
}) {
  return (
    <LoadedView of={picture} what="the picture" lines={12}>
      {(pictures) =>
        pictures === null ? (
          <Notice kind="empty" title="This report has no picture of these components" />
        ) : (
          children(pictures)
        )
      }
    </LoadedView>
  );
}

/** How many a picture that is laid around the middle does not show. */
function Outside({ picture: { hexagons, elsewhere } }: { readonly picture: LeveledPicture }) {
  const count = hexagons.reduce(
    (sum, { u, v, instances }) => sum + (sees(wholeView, { u, v }) ? 0 : instances),
    elsewhere,
  );
  return (
    <p class="muted">
      {formatCount(count)} {count === 1 ? 'instance lies' : 'instances lie'} outside: the picture is laid around the
      middle 98 % of each component.
    </p>
  );
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
