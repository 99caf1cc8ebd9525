import * as z from 'zod';

/** A figure that may be undefined on the data at hand (no alerts, no malicious rows): null, never NaN. */
export const figure = z.number().nullable();

/** A figure with its 95 % interval. */
export const interval = z.object({ value: figure, low: figure, high: figure });

/** What a round of a validation trained or tested on; times null without timestamps. */
export const roundSide = z.object({
  instances: z.number().int(),
  malicious: z.number().int(),
  /** The earliest and the latest. */
  from: figure,
  until: figure,
});

export const label = z.enum(['malicious', 'benign']);

/*
 * Columns of thousands of numbers are checked by one loop each: an array of schemas costs a tenth of a second a result.
 */

/** Finite numbers. */
export const numbers = z
  .custom<number[]>((value) => Array.isArray(value) && value.every(Number.isFinite), 'expected finite numbers')
  .meta({ type: 'array', items: { type: 'number' } });

/** Finite numbers, or null where there is none. */
export const figures = z
  .custom<(number | null)[]>(
    (value) => Array.isArray(value) && value.every((item) => item === null || Number.isFinite(item)),
    'expected finite numbers or null',
  )
  .meta({ type: 'array', items: { type: ['number', 'null'] } });

/** Whole numbers from 0. */
export const counts = z
  .custom<number[]>(
    (value) => Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0),
    'expected counts',
  )
  .meta({ type: 'array', items: { type: 'integer', minimum: 0 } });
