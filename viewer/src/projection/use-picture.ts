import { useMemo } from 'preact/hooks';
import type { Source } from '../source/source.js';
import { type Loaded, useLoaded } from '../components/use-loaded.js';
import type { HexagonPicture } from './hexagon-colours.js';
import { levelOf, type Plane, type View, windowOf } from './picture-view.js';

/** Pixels. */
const smallScreen = 640;

/** Hexagons of a level; `coarse`: finer ones would be shown if they were at hand. */
export type LeveledPicture = HexagonPicture &
  Plane & {
    readonly level: number;
    readonly coarse: boolean;
    /** Instances in none of its hexagons. */
    readonly elsewhere: number;
  };

/**
 * The picture that a view needs: the document's as long as its hexagons are fine enough, else a window of finer ones; null
 * where that cannot be had. What was shown stays on show while the next window is on its way.
 */
export function usePicture(
  source: Source,
  id: string,
  view: View,
  { x, y, frame }: Plane,
  stored: () => Promise<HexagonPicture | null>,
): Loaded<{ readonly whole: HexagonPicture; readonly shown: LeveledPicture | null } | null> {
  const small = innerWidth < smallScreen;
  const asked = frame === 'all' && levelOf(view, small) === 0 ? null : JSON.stringify(windowOf(view, small));
  const wholeOnce = useMemo(() => {
    let promise: Promise<HexagonPicture | null> | undefined;
    return () => (promise ??= stored());
  }, [source, id, x, y]);
  return useLoaded(
    async () => {
      const whole = await wholeOnce();
      if (whole === null) return null;
      const fine = asked === null ? null : await source.hexagons(id, { x, y, frame, ...windowOf(view, small) });
      if (fine !== null) return { whole, shown: { ...fine, frame, coarse: false } };
      // Only the server knows the middle.
      if (frame === 'middle') return { whole, shown: null };
      return { whole, shown: { ...whole, frame, level: 0, coarse: asked !== null, elsewhere: 0 } };
    },
    [source, id, x, y, frame, asked],
    { keep: true },
  );
}
