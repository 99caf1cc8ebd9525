import * as z from 'zod';
import { projectionPanels } from '../panels/projection.js';

const component = z.coerce.number().int().min(1);
const place = z.coerce.number();

/**
 * `GET /api/experiments/:id/hexagons?…`: a window of the picture of two components, in widths of hexagons of level 0
 * from the smallest values, in hexagons of a level: at each level they are half as wide as at the one before.
 */
export const hexagonsQuerySchema = z.object({
  x: component,
  y: component,
  /** What 30 widths are laid around: all values, or the middle 98 % of each component. */
  frame: z.enum(['all', 'middle']).default('all'),
  level: z.coerce.number().int().min(0).max(12).default(0),
  left: place.default(0),
  right: place.default(30),
  bottom: place.default(0),
  top: place.default(22.5),
});

/** The hexagons whose centres are in the window or at most a width outside of it; without members, which `rows` lists. */
export const hexagonsPageSchema = projectionPanels.hexagons.extend({
  level: z.number().int(),
  /** Instances in none of these hexagons. */
  elsewhere: z.number().int(),
});

export type HexagonsQuery = z.output<typeof hexagonsQuerySchema>;
export type HexagonsPage = z.output<typeof hexagonsPageSchema>;
