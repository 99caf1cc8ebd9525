import * as z from 'zod';

/** `INPUT_DIR/PROJECT/views/NAME/view.json`: how a project shows its instances (docs/instance-views.md). */
export const instanceViewFileSchema = z.strictObject({
  /** The name of its tab. */
  title: z.string().min(1).max(60),
  /** `text`: the instance's file as plain text. `html`: the view's own page.html in a frame without any rights. */
  kind: z.enum(['text', 'html']),
  /** Folder in the dataset that holds a file for each instance, `INSTANCE_ID` and the ending. */
  folder: z
    .string()
    .regex(/^[^./\\][^/\\]*$/, 'expected the name of a folder in the dataset')
    .default('instances'),
  /** Ending of these files. */
  ending: z
    .string()
    .regex(/^\.[A-Za-z0-9.]{1,20}$/, 'expected an ending such as .txt')
    .default('.txt'),
  /** What to type to get these files, by dataset. */
  get: z.record(z.string(), z.string().max(1000)).default({}),
});

export type InstanceViewFile = z.output<typeof instanceViewFileSchema>;
