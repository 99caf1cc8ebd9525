import * as z from 'zod';
import { labelWords } from './vocabulary.js';

/** A family of a label set: the same name under the other label is another one. Null: instances without a family. */
export const labelledFamilySchema = z.object({ label: z.enum(labelWords), family: z.string().nullable() });

/** A family's name as people type it; its length in code points is checked where it is written down. */
const familyName = z.string().max(1000).trim().min(1);

const families = z.array(labelledFamilySchema).min(1).max(10_000);

/** A change of the families of a label set, which counts as a whole and is undone as a whole. */
export const familyEditSchema = z.discriminatedUnion('operation', [
  /** A name that no family of the label has yet. */
  z.object({ operation: z.literal('rename'), from: labelledFamilySchema, to: familyName }),
  /** Families of one label become one, under a new name or that of a family of the label. */
  z.object({ operation: z.literal('merge'), from: families, to: familyName }),
  /** Some instances of a family become, or join, another family of the label. */
  z.object({
    operation: z.literal('split'),
    from: labelledFamilySchema,
    instances: z.array(z.string()).min(1).max(1_000_000),
    to: familyName,
  }),
  /** Malicious families become benign ones and the other way round; the names stay. */
  z.object({ operation: z.literal('swap'), from: families }),
]);

export type LabelledFamily = z.infer<typeof labelledFamilySchema>;
export type FamilyEdit = z.infer<typeof familyEditSchema>;
