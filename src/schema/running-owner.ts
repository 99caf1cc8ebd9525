import * as z from 'zod';
import { experimentKinds } from './vocabulary.js';

/** Says which process writes an unfinished result, and what it is. */
export const runningOwnerSchema = z.object({
  host: z.string(),
  pid: z.number().int(),
  /** The kernel's start time of the process, null where it does not tell: a pid is used again, the pair is not. */
  processStart: z.string().nullable(),
  kind: z.enum(experimentKinds),
  name: z.string().nullable(),
});

export type RunningOwner = z.infer<typeof runningOwnerSchema>;
