import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useWidth } from '../components/use-width.js';
import { formatCount } from '../text/numbers.js';
import { AxisTicks } from './axis-ticks.js';
import { hexagonCells } from './hexagon-cells.js';
import type { Hexagon, MarkedFamily } from './hexagon-colours.js';
import { hexagonKeys } from './hexagon-keys.js';
import {
  type Area,
  cornersOf,
  flatness,
  hexagonAt,
  lassoOf,
  moved,
  type Place,
  rectangleOf,
  type View,
  zoomed,
} from './picture-view.js';
import type { Colouring } from './projection-state.js';
import type { LeveledPicture } from './use-picture.js';

/** What dragging does. */
export type Tool = 'move' | 'rectangle' | 'lasso';

export interface HexagonChartProps {
  readonly picture: LeveledPicture;
  readonly view: View;
  readonly colouring: Colouring;
  readonly marked: readonly MarkedFamily[];
  readonly tool: Tool;
  readonly area: Area | null;
  readonly onView: (view: View) => void;
  readonly onChoose: (area: Area | null) => void;
  readonly onBack: () => void;
}

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly view: View;
  readonly places: Place[];
  moved: boolean;
}

/**
 * Instances in two components as hexagons. A click chooses a hexagon, dragging moves the view or draws a rectangle or a
 * lasso, the wheel zooms; for the keys see hexagonKeys.
 */
export function HexagonChart(props: HexagonChartProps) {
  const { picture, view, colouring, marked, tool, area, onView, onChoose, onBack } = props;
  const { x, y, level, hexagons } = picture;
  const drag = useRef<Drag | null>(null);
  const [line, setLine] = useState<readonly Place[]>([]);
  const svg = useRef<SVGSVGElement>(null);
  const [frame, pixels] = useWidth<HTMLDivElement>();
  const height = view.width * flatness;
  // Moving the view draws none of them anew.
  const cells = useMemo(
    () => hexagonCells({ hexagons, level, colouring, marked }),
    [hexagons, level, colouring, marked],
  );
  const filled = useMemo(() => new Set(hexagons.map((hexagon) => placeKey(hexagon, level))), [hexagons, level]);
  const placeOf = (event: MouseEvent): Place => {
    const box = svg.current?.getBoundingClientRect();
    if (!box) return { u: 0, v: 0 };
    return {
      u: view.u + ((event.clientX - box.left) / box.width) * view.width,
      v: view.v + (1 - (event.clientY - box.top) / box.height) * height,
    };
  };
  const drawn = (places: readonly Place[]): Area | null => {
    const [from, to] = [places[0], places[places.length - 1]];
    return tool === 'rectangle' ? rectangleOf(from, to, picture) : lassoOf(places, picture);
  };
  const click = (place: Place): void => {
    const hit = hexagonAt(place, level, picture);
    onChoose(hit.kind === 'hexagon' && filled.has(`${hit.column} ${hit.row}`) ? hit : null);
  };
  const release = (event: PointerEvent): void => {
    const from = drag.current;
    drag.current = null;
    setLine([]);
    if (from === null) return;
    if (!from.moved) click(placeOf(event));
    else if (tool !== 'move') onChoose(drawn([...from.places, placeOf(event)]));
  };
  // Added by hand: what frameworks add may not hold back the page from scrolling.
  const wheel = useRef<(event: WheelEvent) => void>(() => undefined);
  wheel.current = (event) => {
    event.preventDefault();
    onView(zoomed(view, event.deltaY < 0 ? 0.8 : 1.25, placeOf(event)));
  };
  useEffect(() => {
    const listen = (event: WheelEvent): void => wheel.current(event);
    const element = svg.current;
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, []);
  const unit = pixels === 0 ? 0 : view.width / pixels;
  return (
    <div class="hexagon-chart" ref={frame}>
      <svg
        ref={svg}
        class={tool}
        viewBox={`${view.u} ${-(view.v + height)} ${view.width} ${height}`}
        role="application"
        aria-label={`Instances in components ${x} and ${y}: ${formatCount(hexagons.length)} hexagons. Arrows choose one, with Shift a rectangle; plus and minus zoom`}
        // Attributes of SVG are told apart by case.
        tabindex={0}
        onKeyDown={hexagonKeys({ picture, view, area, onView, onChoose, onBack })}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          drag.current = { x: event.clientX, y: event.clientY, view, places: [placeOf(event)], moved: false };
          svg.current?.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const from = drag.current;
          const box = svg.current?.getBoundingClientRect();
          if (from === null || !box) return;
          const [right, down] = [event.clientX - from.x, event.clientY - from.y];
          if (!from.moved && Math.abs(right) + Math.abs(down) < 5) return;
          from.moved = true;
          if (tool === 'move') {
            const perPixel = from.view.width / box.width;
            onView(moved(from.view, -right * perPixel, down * perPixel));
          } else {
            from.places.push(placeOf(event));
            setLine(from.places.slice());
          }
        }}
        onPointerUp={release}
        onPointerCancel={() => {
          drag.current = null;
          setLine([]);
        }}
      >
        <g class="hexagons">{cells}</g>
        <AxisTicks picture={picture} view={view} unit={unit} />
        {area !== null && <Outline area={area} unit={unit} />}
        {line.length > 1 && <Outline area={drawn(line)} unit={unit} />}
      </svg>
    </div>
  );
}

/** Column and row of a hexagon, as one text. */
function placeKey({ u, v }: Hexagon, level: number): string {
  const hit = hexagonAt({ u, v }, level, { x: 1, y: 1, frame: 'all' });
  return hit.kind === 'hexagon' ? `${hit.column} ${hit.row}` : '';
}

/** The rim of an area, as wide on the screen at any zoom; `unit`: widths of hexagons of a pixel. */
function Outline({ area, unit }: { readonly area: Area | null; readonly unit: number }) {
  if (area === null) return null;
  const points = cornersOf(area)
    .map(({ u, v }) => `${u},${-v}`)
    .join(' ');
  return (
    <g class={`outline ${area.kind}`}>
      <polygon class="under" points={points} style={{ strokeWidth: `${5 * unit}px` }} />
      <polygon points={points} style={{ strokeWidth: `${2.5 * unit}px` }} />
    </g>
  );
}
