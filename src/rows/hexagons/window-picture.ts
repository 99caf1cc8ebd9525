import { UserError } from '../../errors.js';
import type { HexagonsPage, HexagonsQuery } from '../../schema/api/hexagons.js';
import { hexagonPicture, type PicturedRows } from './hexagon-picture.js';

/** What a page sees of a projection. Throws UserError where there are no such components, or the window is too large. */
export function windowPicture(
  rows: Omit<PicturedRows, 'coordinates'> & Partial<Pick<PicturedRows, 'coordinates'>>,
  { x, y, level, frame, ...window }: HexagonsQuery,
): HexagonsPage {
  const { coordinates } = rows;
  const known = coordinates !== undefined && x <= y && y <= coordinates.length;
  // One component alone is the only one that is shown against itself.
  if (!known || (x === y && coordinates.length > 1)) {
    throw new UserError(`there is no picture of components ${x} and ${y}`, {
      hint: 'pictures are those of a projection',
    });
  }
  const picture = hexagonPicture({ ...rows, coordinates }, { x, y, level, frame, window, members: 0 });
  const shown = picture.hexagons.reduce((sum, { instances }) => sum + instances, 0);
  return { ...picture, level, elsewhere: coordinates[0].length - shown };
}
