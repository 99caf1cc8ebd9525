import { type Hexagon, hexagonText, leadingFamily, type MarkedFamily } from './hexagon-colours.js';
import { hexagonCorners } from './picture-view.js';
import type { Colouring } from './projection-state.js';

export interface HexagonCellsProps {
  readonly hexagons: readonly Hexagon[];
  readonly level: number;
  readonly colouring: Colouring;
  readonly marked: readonly MarkedFamily[];
}

/** The hexagons of a picture: the fuller one is the larger it is drawn (area by the logarithm of its count). */
export function hexagonCells({ hexagons, level, colouring, marked }: HexagonCellsProps) {
  const most = hexagons.reduce((largest, { instances }) => Math.max(largest, instances), 1);
  const full = 2 ** -level;
  return hexagons.map((hexagon) => {
    const { u, v, instances } = hexagon;
    const fullness = Math.log1p(instances) / Math.log1p(most);
    // Density is told by the colour: its hexagons leave no gaps.
    const size = full * (colouring === 'density' ? 1 : Math.sqrt(0.2 + 0.8 * fullness));
    const points = hexagonCorners.map(([x, y]) => `${round(u + x * size)},${round(-(v + y * size))}`).join(' ');
    const look = { points, width: size };
    return (
      <g key={`${u} ${v}`}>
        {colouring === 'label' && <LabelCell hexagon={hexagon} {...look} />}
        {colouring === 'family' && <FamilyCell hexagon={hexagon} marked={marked} {...look} />}
        {colouring === 'density' && (
          <polygon
            class="dense"
            points={points}
            style={{ fill: `color-mix(in oklab, var(--all) ${Math.round(8 + 92 * fullness)}%, var(--surface))` }}
          />
        )}
        <title>{hexagonText(hexagon)}</title>
      </g>
    );
  });
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

interface CellProps {
  readonly hexagon: Hexagon;
  readonly points: string;
  readonly width: number;
}

/** By the share of malicious among what is labelled; a bar across where both labels are. */
function LabelCell({ hexagon: { u, v, malicious, benign }, points, width }: CellProps) {
  const labelled = malicious + benign;
  const kind = labelled === 0 ? 'all' : malicious === 0 ? 'benign' : benign === 0 ? 'malicious' : 'mixed';
  const share = labelled === 0 ? 0 : malicious / labelled;
  return (
    <>
      <polygon
        class={kind}
        points={points}
        style={kind === 'mixed' ? { fill: `color-mix(in oklab, var(--malicious) ${100 * share}%, var(--benign))` } : {}}
      />
      {kind === 'mixed' && <line x1={u - width / 3} x2={u + width / 3} y1={-v} y2={-v} />}
    </>
  );
}

/** By the family that it holds most of, with its letter. */
function FamilyCell({ hexagon, marked, points, width }: CellProps & Pick<HexagonCellsProps, 'marked'>) {
  const leading = leadingFamily(hexagon, marked);
  const { u, v, families, malicious, benign } = hexagon;
  const otherwise = families.length > 0 ? 'other' : malicious + benign > 0 ? 'nameless' : 'all';
  return (
    <>
      <polygon class={leading?.colour ?? otherwise} points={points} />
      {leading && (
        <text x={round(u)} y={round(-v + 0.2 * width)} style={{ fontSize: `${round(0.58 * width)}px` }}>
          {leading.mark}
        </text>
      )}
    </>
  );
}
