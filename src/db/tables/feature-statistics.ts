import { defineTable } from '../table-definition.js';

const figure = { type: 'double', optional: true } as const;

/** Figures and scores of each feature, as in statistics.csv. `position` is the feature's place in the dataset. */
export const featureStatisticsTable = defineTable({
  columns: {
    experiment_id: { type: 'id' },
    position: { type: 'integer' },
    feature: { type: 'text' },
    type: { type: 'key' },
    count: { type: 'integer' },
    missing: { type: 'integer' },
    distinct_values: { type: 'integer' },
    zeros: { type: 'integer' },
    min: figure,
    max: figure,
    mean: figure,
    std: figure,
    p1: figure,
    p5: figure,
    p25: figure,
    p50: figure,
    p75: figure,
    p95: figure,
    p99: figure,
    skewness: figure,
    kurtosis: figure,
    variance: figure,
    anova_f: figure,
    anova_p: figure,
    chi2: figure,
    chi2_p: figure,
    mutual_information: figure,
    roc_auc: figure,
    roc_auc_p: figure,
    ks: figure,
    ks_p: figure,
    cramers_v: figure,
  },
  primaryKey: ['experiment_id', 'position'],
  owner: { table: 'experiments', column: 'experiment_id', chunkBy: 'position' },
});
