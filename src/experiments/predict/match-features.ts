import { counted, nearest, printable, UserError } from '../../errors.js';

/** Where the features of a model stand among those of a dataset. */
export interface MatchedFeatures {
  /** Length d of the model: column of the dataset. */
  readonly columns: Uint32Array;
  /** Those that the model does not know, which are left aside. */
  readonly extra: readonly string[];
}

/**
 * Matches features by name, in whatever order they come; throws UserError where the model misses some.
 * @param source what has the features, for the message
 */
export function matchFeatures(wanted: readonly string[], given: readonly string[], source: string): MatchedFeatures {
  const place = new Map(given.map((name, j) => [name, j]));
  const known = new Set(wanted);
  const extra = given.filter((name) => !known.has(name));
  const absent = wanted.filter((name) => !place.has(name));
  if (absent.length > 0) {
    const likely = absent.length > 20 ? '' : nearest(absent[0], extra);
    throw new UserError(
      `${printable(source)} lacks ${absent.length} of the ${counted(wanted.length, 'feature')} that the model learned from: ${listed(absent)}${printable(likely)}`,
      { hint: `it has ${extra.length} that the model does not know${extra.length > 0 ? `: ${listed(extra)}` : ''}` },
    );
  }
  return { columns: Uint32Array.from(wanted, (name) => place.get(name) ?? 0), extra };
}

/** Some names for a message, made safe for a terminal. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).map((name) => printable(JSON.stringify(name), 60));
  return `${shown.join(', ')}${names.length > most ? ', …' : ''}`;
}
