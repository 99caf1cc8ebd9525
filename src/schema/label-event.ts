import * as z from 'zod';
import { labelWords } from './vocabulary.js';

const labelWord = z.enum(labelWords);

/** A label with its family, as it stood before an answer. */
const given = z.object({ label: labelWord, family: z.string().nullable() });

/** One line of a label log: an answer somebody gave, or took back (label null). */
export const labelEventSchema = z.object({
  /** Counts the answers of the set, from 1. */
  n: z.number().int().positive(),
  /** ISO 8601, UTC. */
  at: z.string(),
  author: z.string().nullable(),
  instance_id: z.string(),
  /** Hostile text. */
  ident: z.string(),
  label: labelWord.nullable(),
  family: z.string().nullable(),
  /** What the instance had before, null for nothing. */
  previous: given.nullable(),
  /** Where the answer came from: a loop, an import, a page. */
  source: z.string().nullable(),
  /** The iteration of the model that asked. */
  iteration: z.number().int().nullable(),
});

export type LabelEvent = z.infer<typeof labelEventSchema>;
