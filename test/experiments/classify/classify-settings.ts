import type { ClassifySettings, Validation } from '../../../src/experiments/classify/settings.js';
import { type ClassifierId, classifiers } from '../../../src/ml/classifiers/registry.js';
import { defaultParams } from '../../../src/ml/params.js';

/** Settings of an experiment as the command would make them without options, but for these. */
export function classifySettings(
  model: ClassifierId,
  validation: Validation,
  more: Partial<ClassifySettings> = {},
): ClassifySettings {
  return {
    model,
    points: [defaultParams(classifiers[model].params)],
    objective: 'roc-auc',
    at: 0.01,
    tuningFolds: 4,
    multiclass: false,
    sampleWeight: 'none',
    impute: false,
    validation,
    trainingDetection: true,
    detectionThreshold: null,
    ...more,
  };
}
