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

/** What each setting may be, in words. */
export const configurationForms: Readonly<Record<keyof ConfigurationFile, string>> = {
  inputDir: 'the path of a folder',
  outputDir: 'the path of a folder',
  db: '"sqlite" or "mysql://user@host:port/database"',
  myCnf: 'the path of a MySQL option file',
  dbRows: '"all", "none" or a whole number',
  seed: '"random" or a whole number from 0 on',
  jobs: 'a whole number from 1 to 1024',
  cacheLimit: 'a number of bytes, or a size such as "10G"',
  maxMemory: 'a number of bytes, or a size such as "10G"',
  rowsCsv: 'true or false',
  verifyInput: 'true or false',
};

/** Every key that the file may have. */
export const configurationKeys = Object.keys(configurationForms) as (keyof ConfigurationFile)[];
