import { hexagonPicture, type PicturedRows } from '../../rows/hexagons/hexagon-picture.js';
import type { PanelOf } from '../../schema/result-document.js';
import { componentPair, drawnComponents } from '../../schema/vocabulary.js';

/** Instances of a hexagon that are named. */
const namedMembers = 5;

/** Each pair of the first ten components as hexagons; one component alone against itself. */
export function hexagonPanels(rows: PicturedRows): PanelOf<'hexagons'>[] {
  const drawn = Math.min(rows.coordinates.length, drawnComponents);
  const panels: PanelOf<'hexagons'>[] = [];
  for (let x = 1; x <= drawn; x++) {
    for (let y = x + Number(drawn > 1); y <= drawn; y++) {
      const data = hexagonPicture(rows, { x, y, level: 0, members: namedMembers });
      const part = componentPair(x, y);
      panels.push({ kind: 'hexagons', id: `hexagons:${part}`, title: `Components ${x} and ${y}`, part, data });
    }
  }
  return panels;
}
