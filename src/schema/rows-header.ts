import * as z from 'zod';

const block = z.object({ offset: z.number().int().nonnegative(), bytes: z.number().int().nonnegative() });
const textBlocks = z.object({ count: z.number().int().nonnegative(), offsets: block, text: block });

const column = z.discriminatedUnion('type', [
  z.object({ name: z.string(), type: z.enum(['f64', 'i32', 'u32']), values: block }),
  z.object({ name: z.string(), type: z.literal('text'), ...textBlocks.shape }),
  z.object({ name: z.string(), type: z.literal('coded'), codes: block, names: textBlocks }),
]);

/** The header of rows.bin; the layout of the file is told in io/results/rows-layout.ts. */
export const rowsHeaderSchema = z.object({
  /** What the rows are: `predictions`. */
  table: z.string(),
  rows: z.number().int().nonnegative(),
  columns: z.array(column),
});

export type RowsBlock = z.infer<typeof block>;
export type RowsTextBlocks = z.infer<typeof textBlocks>;
export type RowsHeader = z.infer<typeof rowsHeaderSchema>;
export type RowsColumnLayout = RowsHeader['columns'][number];
