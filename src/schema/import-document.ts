import * as z from 'zod';

/** What a column of a table can be taken for. */
const columnKinds = [
  'id',
  'ident',
  'label',
  'family',
  'timestamp',
  'group',
  'number',
  'boolean',
  'one-hot',
  'ignored',
] as const;

const count = z.number().int().nonnegative();

/** What `secuml import` made of a table. Names and reasons may hold hostile text. */
export const importDocumentSchema = z.object({
  schema: z.literal('secuml-import'),
  version: z.literal(1),
  kind: z.literal('import'),
  project: z.string(),
  dataset: z.string(),
  source: z.object({ file: z.string(), delimiter: z.enum(['comma', 'semicolon', 'tab', 'pipe']) }),
  headline: z.object({
    instances: count,
    features: count,
    columns: count,
    ignored: count,
  }),
  columns: z.array(
    z.object({
      name: z.string(),
      /** 1-based place in the table. */
      position: z.number().int().positive(),
      /** Where the name is not the header's own: why. */
      renamed: z.string().optional(),
      takenFor: z.array(z.enum(columnKinds)),
      /** Features made of it. */
      features: count,
      missing: count,
      why: z.string(),
    }),
  ),
  /** Null: no column of labels. */
  labels: z.object({ malicious: count, benign: count, unlabelled: count }).nullable(),
  warnings: z.array(z.string()),
  folder: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: count, sha256: z.string() })),
  /** Where the dataset that had this name was put. */
  formerDataset: z.string().nullable(),
});

export type ImportDocument = z.infer<typeof importDocumentSchema>;
