import type { Dataset, LabelColumn } from '../../../src/ml/matrix/dataset.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream } from '../../../src/ml/random/stream.js';

export interface SyntheticOptions {
  readonly name?: string;
  readonly rows?: number;
  readonly seed?: number;
  /** Every such row has no label. */
  readonly unlabelledEvery?: number;
  /** Distance of the malicious families from the benign one, in standard deviations. */
  readonly distance?: number;
}

const families = ['botnet', 'office', 'worm'];

/** Gaussian rows of three families: `office` is benign, `botnet` and `worm` are malicious, each along its own feature. */
export function syntheticDataset(options: SyntheticOptions = {}): Dataset {
  const { name = 'made', rows = 300, seed = 1, unlabelledEvery = 0, distance = 3 } = options;
  const stream = randomStream(seed, 'synthetic');
  const X = denseMatrix(rows, 4);
  const label = new Int8Array(rows);
  const family = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    family[i] = stream.below(10) < 6 ? 1 : stream.below(3) === 0 ? 2 : 0;
    label[i] = family[i] === 1 ? 0 : 1;
    for (let j = 0; j < 4; j++) X.values[i * 4 + j] = stream.normal();
    if (label[i] === 1) X.values[i * 4 + (family[i] === 0 ? 0 : 1)] += distance;
  }
  const known: LabelColumn = { label, family, families };
  const hidden = (i: number): boolean => unlabelledEvery > 0 && i % unlabelledEvery === 0;
  const labels: LabelColumn = {
    label: label.map((value, i) => (hidden(i) ? -1 : value)),
    family: family.map((value, i) => (hidden(i) ? -1 : value)),
    families,
  };
  return {
    project: 'Synthetic',
    name,
    ids: Array.from({ length: rows }, (_, i) => `i${i}`),
    idents: Array.from({ length: rows }, (_, i) => `instance ${i}`),
    featureNames: ['a', 'b', 'c', 'd'],
    featureTypes: ['numeric', 'numeric', 'numeric', 'numeric'],
    X,
    labels,
    truth: unlabelledEvery > 0 ? known : undefined,
    hash: `${name}-${seed}-${rows}`,
  };
}
