import type { RandomStream } from '../random/stream.js';
import type { ClassedPoints } from './learned-metric.js';

/** Two points and whether they are of one class. */
export interface PointPair {
  /** xᵢ − xⱼ, length p. */
  readonly difference: Float64Array;
  readonly alike: boolean;
}

/** Draws pairs of different points, half of them of one class where that is possible. */
export function drawPairs(
  { points, count, dimensions, classes }: ClassedPoints,
  pairs: number,
  stream: RandomStream,
): PointPair[] {
  const drawn: PointPair[] = [];
  const wanted = { true: Math.ceil(pairs / 2), false: Math.floor(pairs / 2) };
  // Classes of a single point have no pair: the tries are bounded.
  for (let tries = 0; tries < 200 * pairs && drawn.length < pairs; tries++) {
    const [i, j] = [stream.below(count), stream.below(count)];
    if (i === j) continue;
    const alike = classes[i] === classes[j];
    if (wanted[`${alike}`] === 0) continue;
    const difference = new Float64Array(dimensions);
    for (let c = 0; c < dimensions; c++) difference[c] = points[i * dimensions + c] - points[j * dimensions + c];
    if (difference.every((x) => x === 0)) continue;
    wanted[`${alike}`]--;
    drawn.push({ difference, alike });
  }
  return drawn;
}

/** |v|². */
export function squaredLength(v: Float64Array): number {
  let sum = 0;
  for (const x of v) sum += x * x;
  return sum;
}
