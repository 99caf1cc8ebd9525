import { counted, UserError } from '../errors.js';
import type { ClassifySettings } from '../experiments/classify/settings.js';
import { classifiers } from '../ml/classifiers/registry.js';
import type { Dataset } from '../ml/matrix/dataset.js';
import { formatBytes } from '../terminal/number-format.js';

/**
 * Refuses before work begins what cannot fit into `maxMemory` bytes: the model's own estimate beside the dataset, once
 * for the whole and once for a selected part.
 */
export function refuseTooLarge(settings: ClassifySettings, dataset: Dataset, maxMemory: number): void {
  const { X } = dataset;
  const bytes = X.kind === 'dense' ? X.values.byteLength : X.values.byteLength + X.columnIndex.byteLength;
  const classCount = settings.multiclass ? (dataset.labels?.families.length ?? 2) : 2;
  const candidates = settings.candidates ?? [settings];
  const costs = candidates.map(({ model, points }) =>
    classifiers[model].cost(X.rows, X.columns, classCount, points[0]),
  );
  const needed = 2 * bytes + Math.max(...costs.map((cost) => cost.bytes));
  if (needed <= maxMemory) return;
  throw new UserError(
    `${settings.candidates ? 'auto' : settings.model} on ${counted(X.rows, 'instance')} x ${counted(X.columns, 'feature')} needs about ${formatBytes(needed)} of memory; ${formatBytes(maxMemory)} are at hand`,
    { hint: 'use --sample N, fewer features (--filter-in FILE), another model, or raise --max-memory' },
  );
}
