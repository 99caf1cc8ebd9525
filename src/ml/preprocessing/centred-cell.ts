/**
 * x − mean in units of `scale`. Halves are subtracted and doubled after the division, because x − mean overflows near
 * the largest doubles, which some programs write for "no value"; all other digits are the same.
 */
export const standardisedCell = (x: number, mean: number, scale: number): number =>
  2 * ((0.5 * x - 0.5 * mean) / scale);

/** (x − shift) · factor, without overflow on the way likewise. */
export const shiftedCell = (x: number, shift: number, factor: number): number => 2 * ((0.5 * x - 0.5 * shift) * factor);
