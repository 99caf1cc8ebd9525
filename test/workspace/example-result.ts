import type { PanelData } from '../../src/schema/panels/registry.js';
import type { PredictionTable } from '../../src/schema/prediction-table.js';
import type { StoreAddress } from '../../src/db/store-address.js';
import type { Configuration } from '../../src/workspace/configuration.js';
import type { ExperimentStart, FinishedResult } from '../../src/workspace/experiment/finished-result.js';

/** A prediction table of `rows` rows whose figures follow from their index. */
export function examplePredictions(rows: number, ids?: readonly string[]): PredictionTable {
  const index = Array.from({ length: rows }, (_, i) => i);
  return {
    rows,
    instanceId: index.map((i) => ids?.[i] ?? `id-${i}`),
    ident: index.map((i) => ids?.[i] ?? `instance ${i}`),
    part: { names: ['train', 'test'], codes: Int32Array.from(index, (i) => (i % 10 === 0 ? 1 : 0)) },
    fold: new Int32Array(rows).fill(-1),
    label: { names: ['benign', 'malicious'], codes: Int32Array.from(index, (i) => (i % 7 === 0 ? -1 : i % 2)) },
    family: { names: ['spam', 'ham'], codes: Int32Array.from(index, (i) => (i % 7 === 0 ? -1 : 1 - (i % 2))) },
    probability: Float64Array.from(index, (i) => 1 / (1 + Math.exp(Math.sin(i * 12.9898) * 5))),
    score: Float64Array.from(index, (i) => -Math.sin(i * 12.9898) * 5),
    predicted: {
      names: ['benign', 'malicious'],
      codes: Int32Array.from(index, (i) => (i % 11 === 0 ? 1 - (i % 2) : i % 2)),
    },
    rank: Uint32Array.from(index, (i) => i + 1),
  };
}

/** A projection of `rows` rows into so many components. */
export function exampleCoordinates(
  rows: number,
  components: number,
  ids?: readonly string[],
): PredictionTable & Required<Pick<PredictionTable, 'coordinates'>> {
  return {
    ...examplePredictions(rows, ids),
    part: { names: ['projection'], codes: new Int32Array(rows) },
    coordinates: Array.from({ length: components }, (_, c) =>
      Float64Array.from({ length: rows }, (_unused, i) => Math.sin(i * 12.9898 + c) / 3),
    ),
  };
}

/** Figures of two features, of which one has no value. */
const exampleStatistics: PanelData<'feature-statistics'> = {
  features: ['=1+1', 'ünïcödé'],
  types: ['binary', 'numeric'],
  count: [3, 0],
  missing: [0, 3],
  distinct: [2, 0],
  zeros: [1, 0],
  min: [0, null],
  max: [1, null],
  mean: [2 / 3, null],
  std: [0.1 + 0.2, null],
  p1: [0, null],
  p5: [0, null],
  p25: [0.5, null],
  p50: [1, null],
  p75: [1, null],
  p95: [1, null],
  p99: [1, null],
  skewness: [-Math.SQRT1_2, null],
  kurtosis: [-1.5, null],
  scores: [{ name: 'anovaF', values: [5e-324, null], p: [1.7976931348623157e308, null] }],
  shapes: [],
};

/** A whole result of `classify`, as the experiment hands it over. */
export function exampleResult(
  predictions?: PredictionTable,
  changes: Partial<FinishedResult['document']> = {},
): FinishedResult {
  return {
    document: {
      schema: 'secuml-result',
      version: 1,
      kind: 'classify',
      project: 'P',
      dataset: { name: 'D', hash: 'abc', rows: 3, columns: 2 },
      settings: { seed: 7, model: 'logistic-regression', folds: 4 },
      warnings: ['one feature is constant'],
      headline: { 'test.rocAuc': 0.1 + 0.2, 'test.recall': null, 'test."a b".x': 1 / 3 },
      panels: [
        {
          kind: 'confusion',
          id: 'confusion:test',
          title: 'Confusion matrix',
          part: 'test',
          data: {
            threshold: 0.5,
            classes: ['benign', 'malicious'],
            matrix: [
              [1, 2],
              [3, 4],
            ],
          },
        },
        {
          kind: 'feature-statistics',
          id: 'feature-statistics',
          title: 'Features',
          data: exampleStatistics,
        },
      ],
      run: {
        program: '0.1.0',
        command: 'secuml classify P D',
        started: '2026-01-02T03:04:05.000Z',
        finished: '2026-01-02T03:04:07.500Z',
        durations: [{ stage: 'training', seconds: 2 }],
        jobs: 1,
        input: 'input_data',
        environment: { node: 'v20', platform: 'linux', cores: 2 },
        warnings: [],
        cacheHit: false,
        peakMemoryBytes: 1,
      },
      ...changes,
    },
    files: [{ name: 'model.json', json: { weights: [0.1, 0.2] } }],
    predictions,
  };
}

/** The start of the experiment that `exampleResult` ends. */
export const exampleStart: ExperimentStart = { kind: 'classify', project: 'P', dataset: 'D', settings: { seed: 7 } };

/** A configuration with nothing special about it. */
export function exampleConfiguration(outputDir: string, store: StoreAddress): Configuration {
  return {
    inputDir: 'input_data',
    outputDir,
    store,
    dbRows: 'auto',
    seed: 0,
    jobs: 1,
    cacheLimit: 2 ** 30,
    maxMemory: 2 ** 30,
    rowsCsv: false,
    verifyInput: false,
  };
}
