import * as z from 'zod';

const size = z.union([z.number().int().positive(), z.string()]);

/** What secuml.config.json may say; every key is optional. Paths are relative to the file. */
export const configurationFileSchema = z.strictObject({
  inputDir: z.string().min(1).optional(),
  outputDir: z.string().min(1).optional(),
  /** `sqlite` or `mysql://user@host:port/database`, never with a password. */
  db: z.string().min(1).optional(),
  /** A MySQL option file. */
  myCnf: z.string().min(1).optional(),
  /** `all`, `none` or a number. */
  dbRows: z.union([z.number().int().nonnegative(), z.enum(['all', 'none'])]).optional(),
  /** A whole number or `random`. */
  seed: z.union([z.number().int().nonnegative(), z.literal('random')]).optional(),
  jobs: z.number().int().min(1).max(1024).optional(),
  /** Bytes, or text such as `10G`. */
  cacheLimit: size.optional(),
  maxMemory: size.optional(),
  rowsCsv: z.boolean().optional(),
  verifyInput: z.boolean().optional(),
});

export type ConfigurationFile = z.infer<typeof configurationFileSchema>;

/** Every key that the file may have. */
export const configurationKeys = Object.keys(configurationFileSchema.shape) as (keyof ConfigurationFile)[];
