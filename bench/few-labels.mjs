// Models that learn from rows without a label, where few have one, beside models that learn from those few alone: ROC AUC
// on rows held out (three tenths of each family), mean over seeds.
//
//   npx tsx bench/few-labels.mjs --data DIR --dataset PROJECT/NAME [--labels 20,50,200] [--seeds 5]
//       [--model ID[:NAME=VALUE,…]]…
//
// DIR holds <project>/<dataset>. Labels are drawn at random, at least one of each kind.
import { parseArgs } from 'node:util';
import { classifiers } from '../src/ml/classifiers/registry.ts';
import { selectRows } from '../src/ml/matrix/feature-matrix.ts';
import { rocAuc } from '../src/ml/metrics/roc.ts';
import { scoreCurve } from '../src/ml/metrics/score-curve.ts';
import { defaultParams, expandGrid, parseParams } from '../src/ml/params.ts';
import { fillMissing } from '../src/ml/preprocessing/impute.ts';
import { randomStream, shuffle } from '../src/ml/random/stream.ts';
import { inlineExecutor } from '../src/parallel/inline-executor.ts';
import { openDataset } from '../src/workspace/dataset/open-dataset.ts';
import { pools } from './active-learning/pools.mjs';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    dataset: { type: 'string' },
    labels: { type: 'string', default: '20,50,200' },
    seeds: { type: 'string', default: '5' },
    model: { type: 'string', multiple: true },
  },
});
if (!options.data || !options.dataset) throw new Error('--data DIR and --dataset PROJECT/NAME are needed');
const usual = [
  'label-propagation',
  'weighted-isolation-forest',
  'sssvdd',
  'logistic-regression',
  'random-forest',
  'k-nearest-neighbours',
];
const counts = options.labels.split(',').map(Number);
const [project, name] = options.dataset.split('/');
const { dataset } = await openDataset({ inputDir: options.data, project, dataset: name, seed: 0 });
const { X } = fillMissing(dataset.X, dataset.featureNames);
const { label } = dataset.labels;

/** So many rows of the pool, in a random order in which both labels are among the first two. */
function drawn(pool, seed) {
  const rows = Array.from(pool);
  shuffle(rows, randomStream(seed, 'labels'));
  const first = [0, 1].map((kind) => rows.find((row) => label[row] === kind));
  return [...first, ...rows.filter((row) => !first.includes(row))];
}

async function aucOf(text, { pool, heldOut }, known, seed) {
  const [id, settings] = text.split(':');
  const classifier = classifiers[id];
  const given = parseParams(classifier.params, settings?.split(',') ?? [], id);
  const [params] = given.size > 0 ? expandGrid(classifier.params, given) : [defaultParams(classifier.params)];
  const labelled = new Set(known);
  const rows = classifier.learnsFrom === 'some-labels' ? pool : Uint32Array.from(known).sort();
  const y = Uint32Array.from(rows, (row) => (labelled.has(row) ? label[row] : 2));
  const data = { X: selectRows(X, rows), y, classCount: 2 };
  const fitted = await classifier.fit(data, params, { seed, executor: inlineExecutor });
  const { probabilities, scores } = fitted.predict(selectRows(X, heldOut));
  const values = scores ?? Float64Array.from(heldOut, (_, i) => probabilities[2 * i + 1]);
  return rocAuc(
    scoreCurve(
      values,
      Uint8Array.from(heldOut, (row) => label[row]),
    ),
  );
}

console.log(`| model | ROC AUC with ${counts.join(' / ')} labels | CPU s |\n|---|---|---|`);
for (const model of options.model ?? usual) {
  const before = process.cpuUsage();
  const sums = counts.map(() => 0);
  for (let seed = 0; seed < Number(options.seeds); seed++) {
    const parts = pools.split(dataset, seed);
    const order = drawn(parts.pool, seed);
    for (const [c, count] of counts.entries()) sums[c] += await aucOf(model, parts, order.slice(0, count), seed);
  }
  const { user, system } = process.cpuUsage(before);
  const means = sums.map((sum) => (sum / Number(options.seeds)).toFixed(3));
  const seconds = (user + system) / 1e6 / (counts.length * Number(options.seeds));
  console.log(`| ${model} | ${means.join(' / ')} | ${seconds.toFixed(1)} |`);
}
