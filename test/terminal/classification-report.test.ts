import { describe, expect, it } from 'vitest';
import { classify } from '../../src/experiments/classify/classify.js';
import type { ClassifySettings } from '../../src/experiments/classify/settings.js';
import { classifiers } from '../../src/ml/classifiers/registry.js';
import type { Dataset } from '../../src/ml/matrix/dataset.js';
import { defaultParams } from '../../src/ml/params.js';
import { inlineExecutor } from '../../src/parallel/inline-executor.js';
import type { ResultDocument } from '../../src/schema/result-document.js';
import { classificationReport } from '../../src/terminal/classification-report.js';
import { styleFor } from '../../src/terminal/style.js';
import { textWidth } from '../../src/terminal/wrap.js';
import { syntheticDataset } from '../experiments/classify/synthetic-dataset.js';

const settings: ClassifySettings = {
  model: 'logistic-regression',
  points: [defaultParams(classifiers['logistic-regression'].params)],
  objective: 'roc-auc',
  at: 0.01,
  tuningFolds: 3,
  multiclass: false,
  sampleWeight: 'none',
  impute: false,
  validation: { mode: 'cv', folds: 3 },
  trainingDetection: true,
  detectionThreshold: null,
};

/** The report of a cross-validation in three folds, on a terminal of so many columns (undefined: a file). */
async function report(columns?: number, dataset: Dataset = syntheticDataset(), of = settings): Promise<string> {
  const outcome = await classify(dataset, [], of, { seed: 0, executor: inlineExecutor, stage: () => {} });
  const document = {
    ...outcome,
    project: 'P',
    dataset: { name: 'D', hash: '', rows: 300, columns: 4 },
  } as unknown as ResultDocument;
  const stream = (columns === undefined ? { isTTY: false } : { isTTY: true, columns }) as NodeJS.WriteStream;
  return classificationReport(document, outcome.panels, styleFor(stream, { NO_COLOR: '1' }));
}

describe('the report of a cross-validation', () => {
  it('has the spread and the interval of rates, whole counts, and says what is drawn', async () => {
    const text = await report();
    expect(text).toMatch(/ROC AUC +[>0-9.]+ +[>0-9.]+ ± [<0-9.]+ \[[0-9.]+, [>0-9.]+\]/);
    expect(text).toMatch(/instances +300 +300\n/);
    expect(text).toMatch(/malicious +\d+ +\d+\n/);
    expect(text).toMatch(/alerts +\d+ +\d+\n/);
    expect(text).toContain('± standard deviation over the folds, [95 % interval of the mean]');
    expect(text).toContain('ROC curves of the 3 folds');
    expect(text).toContain('Families of all folds together');
    expect(text).not.toContain('fold.0');
  });

  it('names a fold that was skipped, and the curve of the only other', async () => {
    const dataset = syntheticDataset();
    const day = 86_400_000;
    // Half of the instances in the first ten days, half a hundred days later: the buckets between are empty.
    const timestamps = Float64Array.from(dataset.ids, (_, row) => (row < 150 ? row / 15 : 100 + row / 15) * day);
    const validation = { mode: 'temporal-cv', folds: 2, bucketBy: 'time', gap: 0, labelDelay: 0 } as const;
    const text = await report(undefined, { ...dataset, timestamps }, { ...settings, validation });
    expect(text).toMatch(/\n +skipped +1970-02-09 – 1970-03-21 +0 /);
    expect(text).toMatch(/\n +fold\.1 +1970-03-21 – 1970-04-30 +150 /);
    expect(text).toContain('ROC curve of the only fold that has one');
  });

  it.each([100, 80, 60, 40])('fits into %i columns', async (columns) => {
    const text = await report(columns);
    for (const line of text.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(columns);
    expect(text).toMatch(/± /);
    expect(text).toContain('false positive rate');
  });
});
