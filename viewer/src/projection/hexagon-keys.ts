import type { Hexagon } from './hexagon-colours.js';
import {
  type Area,
  cornersOf,
  flatness,
  hexagonAt,
  moved,
  type Place,
  rectangleOf,
  sees,
  showing,
  type View,
  wholeView,
  zoomed,
} from './picture-view.js';
import type { LeveledPicture } from './use-picture.js';

export interface KeyContext {
  readonly picture: LeveledPicture;
  readonly view: View;
  readonly area: Area | null;
  readonly onView: (view: View) => void;
  readonly onChoose: (area: Area | null) => void;
  readonly onBack: () => void;
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The keys of the picture, as the page tells them. */
export const keyTexts = [
  ['← ↑ → ↓', 'the next hexagon that way'],
  ['Shift ← ↑ → ↓', 'a rectangle, from the chosen hexagon on'],
  ['+ −', 'closer, farther'],
  ['Alt ← ↑ → ↓', 'move the picture'],
  ['Backspace', 'the view before'],
  ['0', 'the whole picture'],
  ['Esc', 'choose nothing'],
] as const;

/**
 * What keys do in the picture: arrows go from hexagon to hexagon, with Shift they draw a rectangle from the chosen one
 * on, with Alt they move the picture; + and - zoom around what is chosen, 0 shows all, Backspace the view before, Escape
 * chooses nothing.
 */
export function hexagonKeys(context: KeyContext): (event: KeyboardEvent) => void {
  const { view, area, onView, onChoose, onBack } = context;
  const around = area === null ? undefined : middleOf(area);
  const plain: Readonly<Record<string, () => void>> = {
    '+': () => onView(zoomed(view, 0.6, around)),
    '=': () => onView(zoomed(view, 0.6, around)),
    '-': () => onView(zoomed(view, 1 / 0.6, around)),
    '0': () => onView(wholeView),
    Backspace: onBack,
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const direction = directions[event.key];
    if (direction !== undefined) {
      const [right, up] = direction;
      if (event.altKey) onView(moved(view, (right * view.width) / 8, (up * view.width * flatness) / 8));
      else if (event.shiftKey) extend(context, right, up);
      else step(context, direction);
    } else if (event.key === 'Escape' && area !== null) onChoose(null);
    else if (!event.altKey && Object.hasOwn(plain, event.key)) plain[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function step({ picture, view, area, onView, onChoose }: KeyContext, direction: readonly [number, number]): void {
  const { hexagons, level } = picture;
  const seen = hexagons.filter((place) => sees(view, place));
  const from = area === null ? null : middleOf(area);
  // From what is out of sight no arrow leads on.
  const next = nextHexagon(from !== null && sees(view, from) ? hexagons : seen, from, direction);
  if (next === null) return;
  onChoose(hexagonAt(next, level, picture));
  onView(showing(view, next));
}

/** The corner opposite to where a rectangle was begun moves by a hexagon. */
function extend({ picture, view, area, onView, onChoose }: KeyContext, right: number, up: number): void {
  if (area === null) return;
  const size = 2 ** -picture.level;
  const [from, to] = endsOf(area);
  const corner = { u: to.u + right * size, v: to.v + up * size };
  onChoose(rectangleOf(from, corner, picture));
  onView(showing(view, corner));
}

/** Two opposite corners of a rectangle, or of that around any other area. */
function endsOf(area: Area): [Place, Place] {
  const corners = cornersOf(area);
  if (area.kind === 'polygon' && corners.length === 4) return [corners[0], corners[2]];
  const us = corners.map(({ u }) => u);
  const vs = corners.map(({ v }) => v);
  return [
    { u: Math.min(...us), v: Math.min(...vs) },
    { u: Math.max(...us), v: Math.max(...vs) },
  ];
}

function middleOf(area: Area): Place {
  const corners = cornersOf(area);
  const mean = (of: 'u' | 'v'): number => corners.reduce((sum, corner) => sum + corner[of], 0) / corners.length;
  return { u: mean('u'), v: mean('v') };
}

/** The nearest hexagon in a direction; the fullest where there is none to begin from. */
export function nextHexagon(
  hexagons: readonly Hexagon[],
  from: Place | null,
  [right, up]: readonly [number, number],
): Place | null {
  if (from === null) {
    return hexagons.reduce<Hexagon | null>((most, one) => (one.instances > (most?.instances ?? 0) ? one : most), null);
  }
  let [best, least]: [Place | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const place of hexagons) {
    const along = (place.u - from.u) * right + (place.v - from.v) * up;
    const beside = Math.abs((place.u - from.u) * up) + Math.abs((place.v - from.v) * right);
    // What lies more beside than ahead is another direction's.
    if (along <= 1e-9 || beside > 2 * along) continue;
    const away = along + 2 * beside;
    if (away < least) [best, least] = [place, away];
  }
  return best;
}
