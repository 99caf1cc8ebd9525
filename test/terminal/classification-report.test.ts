import { describe, expect, it } from 'vitest';
import { classify } from '../../src/experiments/classify/classify.js';
import type { ClassifySettings } from '../../src/experiments/classify/settings.js';
import { classifiers } from '../../src/ml/classifiers/registry.js';
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
async function report(columns?: number): Promise<string> {
  const dataset = syntheticDataset();
  const outcome = await classify(dataset, [], settings, { seed: 0, executor: inlineExecutor, stage: () => {} });
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

  it.each([100, 80, 60, 40])('fits into %i columns', async (columns) => {
    const text = await report(columns);
    for (const line of text.split('\n')) expect(textWidth(line), line).toBeLessThanOrEqual(columns);
    expect(text).toMatch(/± /);
    expect(text).toContain('false positive rate');
  });
});
