import { cellColumn, cellRow, hexagonCell, type HexagonFrame, rowAt } from './hexagon-grid.js';

/** A piece of the picture, in widths of hexagons of level 0 from the smallest x and y. */
export interface PictureWindow {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Rows by hexagon. */
export interface HexagonBins {
  /** Of each hexagon, by row of hexagons, then column (see hexagonCell). */
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /** Length h + 1: the members of hexagon k are `members[starts[k]]` to `members[starts[k + 1] - 1]`, ascending. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

/**
 * Puts n points into the hexagons of a level whose centres are in the window or at most one width of them outside of it:
 * together with what is elsewhere, every point once. O(n + hexagons of the window).
 * @param x length n, finite
 * @param y length n, finite
 */
export function hexagonBins(
  x: Float64Array,
  y: Float64Array,
  frame: HexagonFrame,
  level: number,
  window: PictureWindow,
): HexagonBins {
  const scale = 2 ** level;
  const firstColumn = Math.floor(2 * (window.left * scale - 1));
  const firstRow = Math.floor(rowAt(window.bottom * scale - 1));
  const across = Math.ceil(2 * (window.right * scale + 1)) - firstColumn + 1;
  const upwards = Math.ceil(rowAt(window.top * scale + 1)) - firstRow + 1;
  const n = x.length;
  const place = new Int32Array(n);
  const counts = new Uint32Array(across * upwards);
  const {
    xRange: [x0],
    yRange: [y0],
    unit: [unitX, unitY],
  } = frame;
  for (let i = 0; i < n; i++) {
    const cell = hexagonCell(((x[i] - x0) / unitX) * scale, ((y[i] - y0) / unitY) * scale);
    const [column, row] = [cellColumn(cell) - firstColumn, cellRow(cell) - firstRow];
    const inside = cell >= 0 && column >= 0 && column < across && row >= 0 && row < upwards;
    place[i] = inside ? row * across + column : -1;
    if (inside) counts[place[i]]++;
  }
  return sortedIntoBins(place, counts, (at) => [(at % across) + firstColumn, Math.floor(at / across) + firstRow]);
}

/** Members by place, by counting. */
function sortedIntoBins(
  place: Int32Array,
  counts: Uint32Array,
  cellAt: (place: number) => readonly [column: number, row: number],
): HexagonBins {
  const filled = counts.reduce((all, count) => all + Number(count > 0), 0);
  const [columns, rows] = [new Int32Array(filled), new Int32Array(filled)];
  const starts = new Uint32Array(filled + 1);
  const next = new Uint32Array(counts.length);
  for (let at = 0, k = 0; at < counts.length; at++) {
    if (counts[at] === 0) continue;
    [columns[k], rows[k]] = cellAt(at);
    next[at] = starts[k];
    starts[k + 1] = starts[k] + counts[at];
    k++;
  }
  const members = new Uint32Array(starts[filled]);
  for (let i = 0; i < place.length; i++) if (place[i] >= 0) members[next[place[i]]++] = i;
  return { columns, rows, starts, members };
}
