import { useMemo } from 'preact/hooks';
import type { Source } from '../source/source.js';
import { type Loaded, useLoaded } from '../components/use-loaded.js';
import type { HexagonPicture } from './hexagon-colours.js';
import { levelOf, type View, windowOf } from './picture-view.js';

/** Pixels. */
const smallScreen = 640;

/** Hexagons of a level; `coarse`: finer ones would be shown if they were at hand. */
export type LeveledPicture = HexagonPicture & { readonly level: number; readonly coarse: boolean };

/**
 * The picture that a view needs: the document's as long as its hexagons are fine enough, else a window of finer ones. What
 * was shown stays on show while the next window is on its way.
 */
export function usePicture(
  source: Source,
  id: string,
  view: View,
  { x, y, stored }: { readonly x: number; readonly y: number; readonly stored: () => Promise<HexagonPicture | null> },
): Loaded<{ readonly whole: HexagonPicture; readonly shown: LeveledPicture } | null> {
  const small = innerWidth < smallScreen;
  const asked = levelOf(view, small) === 0 ? null : JSON.stringify(windowOf(view, small));
  const wholeOnce = useMemo(() => {
    let promise: Promise<HexagonPicture | null> | undefined;
    return () => (promise ??= stored());
  }, [source, id, x, y]);
  return useLoaded(
    async () => {
      const whole = await wholeOnce();
      if (whole === null) return null;
      const fine = asked === null ? null : await source.hexagons(id, { x, y, ...windowOf(view, small) });
      const shown = fine === null ? { ...whole, level: 0, coarse: asked !== null } : { ...fine, coarse: false };
      return { whole, shown };
    },
    [source, id, x, y, asked],
    { keep: true },
  );
}
