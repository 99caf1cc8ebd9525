import { counted, UserError } from '../../errors.js';
import type { Candidate } from '../../experiments/classify/race-candidates.js';
import type { ClassifySettings } from '../../experiments/classify/settings.js';
import { classifiers } from '../../ml/classifiers/registry.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import { formatBytes } from '../../terminal/number-format.js';

/**
 * The settings, where what they ask for fits into `maxMemory` bytes: the model's own estimate beside the dataset, once
 * for the whole and once for a selected part. Of the candidates of a race those that do not fit are marked, to be left
 * out. Throws UserError, before work begins, where nothing fits.
 */
export function withinMemory(settings: ClassifySettings, dataset: Dataset, maxMemory: number): ClassifySettings {
  const { X } = dataset;
  const bytes = X.kind === 'dense' ? X.values.byteLength : X.values.byteLength + X.columnIndex.byteLength;
  const classCount = settings.multiclass ? (dataset.labels?.families.length ?? 2) : 2;
  const neededBy = ({ model, points }: Pick<Candidate, 'model' | 'points'>): number =>
    2 * bytes + classifiers[model].cost(X.rows, X.columns, classCount, points[0]).bytes;
  const { candidates } = settings;
  const needed = Math.min(...(candidates ?? [settings]).map(neededBy));
  if (needed > maxMemory) {
    throw new UserError(
      `${candidates ? 'the smallest model of auto' : settings.model} on ${counted(X.rows, 'instance')} x ${counted(X.columns, 'feature')} needs about ${formatBytes(needed)} of memory; ${formatBytes(maxMemory)} are at hand`,
      { hint: 'use --sample N, fewer features (--filter-in FILE), another model, or raise --max-memory' },
    );
  }
  if (!candidates) return settings;
  const marked = candidates.map((candidate): Candidate => {
    if (neededBy(candidate) <= maxMemory) return candidate;
    // How much is at hand differs from run to run, what is needed does not.
    return {
      ...candidate,
      tooLarge: `it needs about ${formatBytes(neededBy(candidate))} of memory (see --max-memory)`,
    };
  });
  return { ...settings, candidates: marked };
}
