import type { Fault } from '../../errors.js';

/** A file with features, and the description beside it. */
export interface FeatureFile {
  readonly path: string;
  /** Path for messages. */
  readonly shown: string;
  readonly bytes: number;
  readonly format: 'csv' | 'libsvm';
  readonly description?: { readonly path: string; readonly shown: string; readonly bytes: number };
}

/** The columns of a feature file. */
export interface FeatureColumns {
  /** As the header or the indices of the file say; undefined where only the last line will tell (libsvm text). */
  readonly ids: readonly string[] | undefined;
  /** Share of non-zero cells in the first rows. */
  readonly density: number;
}

/** The fault of a file whose rows hold no feature. */
export const noFeatures = (shown: string): Fault => ({
  file: shown,
  line: 1,
  found: 'no feature column',
  expected: 'instance_id and at least one feature',
});
