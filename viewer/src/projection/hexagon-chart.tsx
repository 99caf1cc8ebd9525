import { useRef, useState } from 'preact/hooks';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { formatCount, formatNumber, formatPercent } from '../text/numbers.js';

export type HexagonPicture = PanelData<'hexagons'>;
export type Hexagon = HexagonPicture['hexagons'][number];

export interface HexagonChartProps {
  readonly picture: HexagonPicture;
  readonly chosen: number | null;
  readonly onChoose: (hexagon: number) => void;
}

interface View {
  readonly u: number;
  readonly v: number;
  /** Widths of hexagons across. */
  readonly width: number;
}

const corners = [
  [0, 1 / Math.sqrt(3)],
  [0.5, 0.5 / Math.sqrt(3)],
  [0.5, -0.5 / Math.sqrt(3)],
  [0, -1 / Math.sqrt(3)],
  [-0.5, -0.5 / Math.sqrt(3)],
  [-0.5, 0.5 / Math.sqrt(3)],
] as const;

/** The whole picture: 30 widths and a margin. */
const across = 32;
const flatness = 0.75;

/**
 * Instances in two components: the fuller a hexagon the larger it is drawn (area by the logarithm of its count), its
 * colour by the share of malicious among what is labelled, a bar across where both labels are. Wheel or buttons zoom,
 * dragging moves, a click or Enter chooses; arrows go to the next hexagon.
 */
export function HexagonChart({ picture, chosen, onChoose }: HexagonChartProps) {
  const [view, setView] = useState<View>({ u: -1, v: -1, width: across });
  const drag = useRef<{ x: number; y: number; view: View; moved: boolean } | null>(null);
  const frame = useRef<SVGSVGElement>(null);
  const { hexagons } = picture;
  const most = hexagons.reduce((largest, { instances }) => Math.max(largest, instances), 1);
  const height = view.width * flatness;
  const zoom = (factor: number, u = view.u + view.width / 2, v = view.v + height / 2): void => {
    const width = Math.min(across, Math.max(2, view.width * factor));
    const share = width / view.width;
    setView({ u: u - (u - view.u) * share, v: v - (v - view.v) * share, width });
  };
  const place = (event: MouseEvent): { u: number; v: number } => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return { u: 0, v: 0 };
    return {
      u: view.u + ((event.clientX - box.left) / box.width) * view.width,
      v: view.v + (1 - (event.clientY - box.top) / box.height) * height,
    };
  };
  const step = (event: KeyboardEvent): void => {
    const direction = directions[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const next = nextHexagon(hexagons, chosen, direction);
    if (next !== null) onChoose(next);
  };
  return (
    <div class="hexagon-chart">
      <div class="hexagon-tools" role="group" aria-label="Zoom">
        <button type="button" class="small" onClick={() => zoom(0.6)}>
          Closer
        </button>
        <button type="button" class="small" onClick={() => zoom(1 / 0.6)}>
          Farther
        </button>
        <button type="button" class="small" onClick={() => setView({ u: -1, v: -1, width: across })}>
          All
        </button>
      </div>
      <svg
        ref={frame}
        viewBox={`${view.u} ${-(view.v + height)} ${view.width} ${height}`}
        role="application"
        aria-label={`Instances in components ${picture.x} and ${picture.y}: ${formatCount(hexagons.length)} hexagons; arrows choose one`}
        // Attributes of SVG are told apart by case.
        tabindex={0}
        onKeyDown={step}
        onWheel={(event) => {
          event.preventDefault();
          const { u, v } = place(event);
          zoom(event.deltaY < 0 ? 0.8 : 1.25, u, v);
        }}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY, view, moved: false };
        }}
        onPointerMove={(event) => {
          const from = drag.current;
          const box = frame.current?.getBoundingClientRect();
          if (from === null || !box || event.buttons === 0) return;
          const [right, down] = [event.clientX - from.x, event.clientY - from.y];
          if (!from.moved && Math.abs(right) + Math.abs(down) < 5) return;
          from.moved = true;
          const unit = from.view.width / box.width;
          setView({ ...from.view, u: from.view.u - right * unit, v: from.view.v + down * unit });
        }}
      >
        {hexagons.map((hexagon, k) => (
          <Cell
            key={k}
            hexagon={hexagon}
            most={most}
            chosen={k === chosen}
            onClick={() => !drag.current?.moved && onChoose(k)}
          />
        ))}
      </svg>
      <p class="hexagon-axes muted">
        across: component {picture.x}, {formatNumber(picture.xRange[0])} to {formatNumber(picture.xRange[1])}
        {picture.y !== picture.x && (
          <>
            ; upwards: component {picture.y}, {formatNumber(picture.yRange[0])} to {formatNumber(picture.yRange[1])}
          </>
        )}
      </p>
    </div>
  );
}

interface CellProps {
  readonly hexagon: Hexagon;
  readonly most: number;
  readonly chosen: boolean;
  readonly onClick: () => void;
}

function Cell({ hexagon, most, chosen, onClick }: CellProps) {
  const { u, v, instances, malicious, benign } = hexagon;
  const size = Math.sqrt(0.2 + 0.8 * (Math.log1p(instances) / Math.log1p(most)));
  const points = corners.map(([x, y]) => `${u + x * size},${-(v + y * size)}`).join(' ');
  const labelled = malicious + benign;
  const kind = labelled === 0 ? 'all' : malicious === 0 ? 'benign' : benign === 0 ? 'malicious' : 'mixed';
  const share = labelled === 0 ? 0 : malicious / labelled;
  return (
    <g class={chosen ? 'hexagon chosen' : 'hexagon'} onClick={onClick}>
      <polygon
        class={kind}
        points={points}
        style={kind === 'mixed' ? { fill: `color-mix(in oklab, var(--malicious) ${100 * share}%, var(--benign))` } : {}}
      />
      {kind === 'mixed' && <line x1={u - size / 3} x2={u + size / 3} y1={-v} y2={-v} />}
      <title>{hexagonText(hexagon)}</title>
    </g>
  );
}

/** What is in a hexagon, in words. */
export function hexagonText({ instances, malicious, benign }: Hexagon): string {
  const labelled = malicious + benign;
  const of =
    labelled === 0
      ? 'no label'
      : `${formatPercent(malicious / labelled)} of ${formatCount(labelled)} labelled malicious`;
  return `${formatCount(instances)} ${instances === 1 ? 'instance' : 'instances'}, ${of}`;
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The nearest hexagon in a direction; the fullest where none is chosen. */
export function nextHexagon(
  hexagons: readonly Hexagon[],
  chosen: number | null,
  [right, up]: readonly [number, number],
): number | null {
  const from = chosen === null ? undefined : hexagons[chosen];
  if (from === undefined) {
    const most = hexagons.reduce((largest, { instances }) => Math.max(largest, instances), 0);
    return hexagons.length === 0 ? null : hexagons.findIndex(({ instances }) => instances === most);
  }
  let [best, least]: [number | null, number] = [null, Number.POSITIVE_INFINITY];
  hexagons.forEach(({ u, v }, k) => {
    const along = (u - from.u) * right + (v - from.v) * up;
    const beside = Math.abs((u - from.u) * up) + Math.abs((v - from.v) * right);
    // What lies more beside than ahead is another direction's.
    if (along <= 1e-9 || beside > 2 * along) return;
    const away = along + 2 * beside;
    if (away < least) [best, least] = [k, away];
  });
  return best;
}
