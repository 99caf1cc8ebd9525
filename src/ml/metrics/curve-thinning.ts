/** Position of point i of a path on one axis, in units of the plot's width or height. */
type Axis = (point: number) => number;

/** What a path is drawn on: x and y of its points. */
export type Plane = readonly [Axis, Axis];

/**
 * Chooses at most `limit` of the points of a path so that its drawing keeps its shape: the path is cut into pieces of
 * equal length (|Δx| + |Δy|) and of each the first point is kept, besides both ends. What is left out lies within one
 * piece of a kept point. With several planes (a linear and a logarithmic axis) each has its part of the limit, and
 * the union is kept. O(points · planes).
 * @param limit >= 2
 * @returns kept points, ascending
 */
export function thinPath(points: Uint32Array, planes: readonly Plane[], limit: number): Uint32Array {
  if (points.length <= limit) return points;
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const pieces = Math.floor((limit - 2) / planes.length);
  for (const [x, y] of planes) keepFirstOfPieces(keep, lengths(points, x, y), pieces);
  return points.filter((_, i) => keep[i] === 1);
}

/** Length of the path up to each point. */
function lengths(points: Uint32Array, x: Axis, y: Axis): Float64Array {
  const length = new Float64Array(points.length);
  for (let i = 1; i < points.length; i++) {
    const step = Math.abs(x(points[i]) - x(points[i - 1])) + Math.abs(y(points[i]) - y(points[i - 1]));
    length[i] = length[i - 1] + step;
  }
  return length;
}

function keepFirstOfPieces(keep: Uint8Array, length: Float64Array, pieces: number): void {
  const total = length[length.length - 1];
  if (total === 0 || pieces === 0) return;
  // The start of the path is the first point of piece 0, the end is kept anyway: neither may cost one of the limit.
  let last = 0;
  for (let i = 1; i < length.length - 1; i++) {
    const piece = Math.min(pieces, Math.floor((length[i] / total) * (pieces + 1)));
    if (piece !== last) keep[i] = 1;
    last = piece;
  }
}
