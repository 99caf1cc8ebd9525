// Milliseconds of explaining predictions: TreeSHAP of unpruned and of shallow forests, contributions of linear models,
// and how unusual the features of an instance are in groups. The first argument is a dataset's folder (features/
// features.csv and labels/true_labels.csv in the same order of rows, numbers only), such as NSL-KDD's train20.
// Usage: npx tsx bench/explanations.mjs DATASET
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { histGradientBoosting } from '../src/ml/classifiers/hist-gradient-boosting.ts';
import { logisticRegression } from '../src/ml/classifiers/logistic-regression.ts';
import { randomForest } from '../src/ml/classifiers/random-forest.ts';
import { featureSummary } from '../src/ml/explanation/feature-summary.ts';
import { featureStandings } from '../src/ml/explanation/surprise.ts';
import { denseMatrix, toSparse } from '../src/ml/matrix/feature-matrix.ts';
import { defaultParams } from '../src/ml/params.ts';
import { randomStream } from '../src/ml/random/stream.ts';
import { inlineExecutor } from '../src/parallel/inline-executor.ts';

async function timed(name, work, repeats = 1) {
  let best = Infinity;
  let first = Infinity;
  let result;
  for (let run = 0; run < repeats; run++) {
    const before = process.cpuUsage();
    result = await work();
    const { user, system } = process.cpuUsage(before);
    if (run === 0) first = (user + system) / 1000;
    best = Math.min(best, (user + system) / 1000);
  }
  console.log(`${name.padEnd(64)} first ${first.toFixed(1).padStart(9)}  best ${best.toFixed(1).padStart(9)} CPU ms`);
  return result;
}

const rowNumbers = (n, of = (i) => i) => Uint32Array.from({ length: n }, (_, i) => of(i));

function readDataset(folder) {
  const lines = readFileSync(join(folder, 'features/features.csv'), 'utf8').trimEnd().split('\n');
  const columns = lines[0].split(',').length - 1;
  const X = denseMatrix(lines.length - 1, columns);
  for (let i = 1; i < lines.length; i++) {
    X.values.set(lines[i].split(',').slice(1).map(Number), (i - 1) * columns);
  }
  const labels = readFileSync(join(folder, 'labels/true_labels.csv'), 'utf8').trimEnd().split('\n').slice(1);
  return { X, y: Uint32Array.from(labels, (line) => Number(line.split(',')[1] === 'malicious')), classCount: 2 };
}

const data = readDataset(process.argv[2]);
const { X } = data;
console.log(`${X.rows} rows of ${X.columns} features`);
const context = { seed: 1, executor: inlineExecutor };

async function forest(name, changes) {
  const params = { ...defaultParams(randomForest.params), ...changes };
  const fitted = await timed(`${name}: fit`, () => randomForest.fit(data, params, context));
  const trees = fitted.toJSON().trees;
  const nodes = trees.reduce((sum, { feature }) => sum + feature.length, 0);
  console.log(`${name}: ${trees.length} trees of ${Math.round(nodes / trees.length)} nodes`);
  for (const n of [1, 100]) {
    await timed(
      `${name}: ${n} rows`,
      () =>
        fitted.explain(
          X,
          rowNumbers(n, (i) => (i * 7919) % X.rows),
          1,
        ),
      7,
    );
  }
  return fitted;
}

const unpruned = await forest('forest, unpruned', {});
const shallow = await forest('forest, 31 leaves', { maxLeafNodes: 31 });
const many = rowNumbers(32_000, (i) => i % X.rows);
const explanations = await timed('forest, 31 leaves: 32,000 rows', () => shallow.explain(X, many, 1));
for (const [fitted, rows, found] of [
  [shallow, many, explanations],
  [unpruned, rowNumbers(200), unpruned.explain(X, rowNumbers(200), 1)],
]) {
  const { probabilities } = fitted.predict(X);
  const gap = found.reduce((worst, { base, contributions }, i) => {
    const sum = contributions.reduce((total, value) => total + value, base);
    return Math.max(worst, Math.abs(sum - probabilities[2 * rows[i] + 1]));
  }, 0);
  console.log(`largest difference from the prediction: ${gap.toExponential(2)}`);
}
const boosted = await histGradientBoosting.fit(data, defaultParams(histGradientBoosting.params), context);
console.log(`boosting: ${boosted.toJSON().trees?.length} trees`);
await timed('boosting, at most 31 leaves: 32,000 rows', () => boosted.explain(X, many, 1));
const linear = await logisticRegression.fit(data, defaultParams(logisticRegression.params), context);
await timed('logistic regression: 1 row', () => linear.explain(X, rowNumbers(1), 1), 5);
await timed('logistic regression: all rows', () => linear.explain(X, rowNumbers(X.rows), 1), 3);

const n = 100_000;
const stream = randomStream(1, 'bench');
const large = denseMatrix(n, 122);
for (let i = 0; i < n; i++)
  large.values.set(X.values.subarray((i % X.rows) * X.columns, ((i % X.rows) + 1) * X.columns).slice(0, 122), i * 122);
for (let at = 0; at < large.values.length; at += 3) large.values[at] += stream.float();
const groups = [
  rowNumbers(n / 2, (i) => 2 * i),
  rowNumbers(n / 2, (i) => 2 * i + 1),
  rowNumbers(n / 10, (i) => 10 * i),
];
const standings = (matrix) => () => groups.map((rows) => featureStandings(matrix, large.values.slice(0, 122), rows));
await timed('standings in 100,000×122, dense: two halves and a tenth', standings(large), 5);
await timed('one feature of 100,000 rows in three groups', () => featureSummary(large, 3, groups), 5);
const words = denseMatrix(n, 122);
for (let at = 0; at < words.values.length; at++) if (stream.below(20) === 0) words.values[at] = 1 + stream.below(5);
await timed('standings in 100,000×122, sparse (5 % of the cells)', standings(toSparse(words)), 5);
