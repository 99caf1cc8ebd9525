/** Points of the plane in hexagons of width 1 with a corner at the top. */
export interface Hexagons {
  /** Length n: the hexagon of each point, numbered by v, then u. */
  readonly hexagon: Uint32Array;
  /** Centres. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** What a width of a hexagon is in units of x, and of y. */
  readonly unit: readonly [number, number];
}

/** Hexagons side by side over the range of x. */
export const hexagonColumns = 30;
/** Height of the picture to its width. */
const flatness = 0.75;
const rowHeight = Math.sqrt(3);

/**
 * Puts n points into hexagons, each into the one whose centre is nearest: the centres are two lattices, (i, √3·j) and
 * (i + ½, √3·(j + ½)) (Carr, Olsen and White 1992). A range without extent is widened. O(n).
 * @param x length n, finite
 * @param y length n, finite
 */
export function hexagons(x: Float64Array, y: Float64Array): Hexagons {
  const [xRange, yRange] = [rangeOf(x), rangeOf(y)];
  const unit: [number, number] = [
    (xRange[1] - xRange[0]) / hexagonColumns,
    (yRange[1] - yRange[0]) / (hexagonColumns * flatness),
  ];
  const numbers = new Map<number, number>();
  const found: { u: number; v: number }[] = [];
  const hexagon = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const { column, row } = nearestCentre((x[i] - xRange[0]) / unit[0], (y[i] - yRange[0]) / unit[1]);
    const key = row * 4 * hexagonColumns + column;
    let number = numbers.get(key);
    if (number === undefined) {
      number = found.length;
      numbers.set(key, number);
      found.push({ u: column / 2, v: (row * rowHeight) / 2 });
    }
    hexagon[i] = number;
  }
  const order = Array.from(found.keys()).sort((a, b) => found[a].v - found[b].v || found[a].u - found[b].u);
  const place = new Uint32Array(found.length);
  order.forEach((number, k) => {
    place[number] = k;
  });
  return {
    hexagon: hexagon.map((number) => place[number]),
    u: Float64Array.from(order, (number) => found[number].u),
    v: Float64Array.from(order, (number) => found[number].v),
    xRange,
    yRange,
    unit,
  };
}

/** The nearest centre of both lattices, in half widths and half heights. */
function nearestCentre(u: number, v: number): { column: number; row: number } {
  const first = { column: 2 * Math.round(u), row: 2 * Math.round(v / rowHeight) };
  const second = { column: 2 * Math.floor(u) + 1, row: 2 * Math.floor(v / rowHeight) + 1 };
  const away = ({ column, row }: typeof first): number => (u - column / 2) ** 2 + (v - (row * rowHeight) / 2) ** 2;
  return away(first) <= away(second) ? first : second;
}

function rangeOf(values: Float64Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (values.length === 0) return [0, 1];
  const widening = 0.05 * Math.max(Math.abs(low), Math.abs(high), 1e-3);
  return high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)) ? [low, high] : [low - widening, high + widening];
}
