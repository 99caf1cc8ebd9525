import { flatness, wholeView } from './picture-view.js';
import type { HexagonPicture } from './hexagon-colours.js';

/** What a strip holds before it is said that nearly all lies in it. */
const nearlyAll = 0.95;
/** A strip is narrow up to this share of the picture's width or height. */
const narrow = 0.2;

/**
 * Whether a few instances far out press nearly all others into a narrow strip of the whole picture, where nobody can tell
 * them apart.
 */
export function isSqueezed({ hexagons }: Pick<HexagonPicture, 'hexagons'>): boolean {
  const total = hexagons.reduce((sum, { instances }) => sum + instances, 0);
  if (total === 0) return false;
  const strip = (place: 'u' | 'v'): number =>
    stripOf(
      hexagons.map((hexagon) => [hexagon[place], hexagon.instances]),
      total,
    );
  return strip('u') < narrow * wholeView.width || strip('v') < narrow * wholeView.width * flatness;
}

/** Width of the strip that is left when as many instances are taken away at both ends as may be. */
function stripOf(places: readonly (readonly [place: number, instances: number])[], total: number): number {
  const sorted = [...places].sort(([a], [b]) => a - b);
  const spare = ((1 - nearlyAll) / 2) * total;
  const endOf = (order: readonly (readonly [number, number])[]): number => {
    let passed = 0;
    return order.find(([, instances]) => (passed += instances) > spare)?.[0] ?? 0;
  };
  return endOf(sorted.toReversed()) - endOf(sorted);
}
