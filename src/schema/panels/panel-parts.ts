import * as z from 'zod';

/** A figure that may be undefined on the data at hand (no alerts, no malicious rows): null, never NaN. */
export const figure = z.number().nullable();

/** A figure with its 95 % interval. */
export const interval = z.object({ value: figure, low: figure, high: figure });

export const counts = z.array(z.number().int().nonnegative());

export const label = z.enum(['malicious', 'benign']);
