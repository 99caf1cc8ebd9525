import { counted, UserError } from '../../errors.js';
import type { Candidate } from '../../experiments/classify/race-candidates.js';
import type { ClassifySettings } from '../../experiments/classify/settings.js';
import { classifiers } from '../../ml/classifiers/registry.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import { formatBytes } from '../../terminal/number-format.js';

/** Throws UserError where there are more rows than an algorithm can take in any reasonable time; `other`: a way on. */
export function refuseBeyond({
  name,
  rows,
  mostRows = Number.POSITIVE_INFINITY,
  other,
}: {
  readonly name: string;
  readonly rows: number;
  readonly mostRows?: number;
  readonly other: string;
}): void {
  if (rows <= mostRows) return;
  throw new UserError(
    `${name} works on at most ${counted(mostRows, 'instance')}; there are ${counted(rows, 'instance')}`,
    { hint: `use --sample N, or ${other}` },
  );
}

interface Work {
  /** Who needs the memory. */
  readonly name: string;
  readonly X: FeatureMatrix;
  /** How many rows of X are worked on. */
  readonly rows: number;
  /** The algorithm's own estimate, besides the dataset. */
  readonly bytes: number;
  /** A way on, besides fewer rows and features. */
  readonly other: string;
}

/** Throws UserError, before work begins, for work that would not fit into `maxMemory` bytes. */
export function refuseMemory({ name, X, rows, bytes, other }: Work, maxMemory: number): void {
  const needed = neededBeside(X, bytes);
  if (needed <= maxMemory) return;
  throw new UserError(
    `${name} on ${counted(rows, 'instance')} x ${counted(X.columns, 'feature')} needs about ${formatBytes(needed)} of memory; ${formatBytes(maxMemory)} are at hand`,
    { hint: `use --sample N, fewer features (--filter-in FILE), ${other}, or raise --max-memory` },
  );
}

/** The dataset is there twice: the whole of it, and a selected part or a standardised copy. */
function neededBeside(X: FeatureMatrix, bytes: number): number {
  const own = X.kind === 'dense' ? X.values.byteLength : X.values.byteLength + X.columnIndex.byteLength;
  return 2 * own + bytes;
}

/**
 * The settings, where what they ask for fits into `maxMemory` bytes. Of the candidates of a race those that do not fit
 * are marked, to be left out. Throws UserError, before work begins, where nothing fits.
 */
export function withinMemory(settings: ClassifySettings, dataset: Dataset, maxMemory: number): ClassifySettings {
  const { X } = dataset;
  const classCount = settings.multiclass ? (dataset.labels?.families.length ?? 2) : 2;
  const bytesOf = ({ model, points }: Pick<Candidate, 'model' | 'points'>): number =>
    classifiers[model].cost(X.rows, X.columns, classCount, points[0]).bytes;
  const { candidates } = settings;
  const bytes = Math.min(...(candidates ?? [settings]).map(bytesOf));
  const name = candidates ? 'the smallest model of auto' : settings.model;
  refuseMemory({ name, X, rows: X.rows, bytes, other: 'another model' }, maxMemory);
  if (!candidates) return settings;
  const marked = candidates.map((candidate): Candidate => {
    const needed = neededBeside(X, bytesOf(candidate));
    if (needed <= maxMemory) return candidate;
    // How much is at hand differs from run to run, what is needed does not.
    return {
      ...candidate,
      tooLarge: `it needs about ${formatBytes(needed)} of memory (see --max-memory)`,
    };
  });
  return { ...settings, candidates: marked };
}
