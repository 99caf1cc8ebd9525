// Whole jobs of logistic regression, for bench/logistic-regression.py to pair with scikit-learn:
//   node bench/logistic-regression.mjs grid TRAIN_DIR [TEST_DIR] [--test-ids FILE]
//   node bench/logistic-regression.mjs fit TRAIN_DIR
// Prints one JSON line: CPU seconds of the process, peak memory, and figures of quality.
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const modules = new URL(process.env.SECUML_BUILD ?? '../dist/src/', import.meta.url);
const { logisticRegression } = await import(new URL('ml/classifiers/logistic-regression.js', modules));
const { denseMatrix, selectRows, toSparse } = await import(new URL('ml/matrix/feature-matrix.js', modules));

const grid = { C: [0.01, 0.1, 1, 10, 100], penalty: ['l1', 'l2'] };
const folds = 4;

/** Numbers of a CSV with a header, first column (the id) left out; a quick reader for numeric files only. */
function readFeatures(folder) {
  const name = readdirSync(`${folder}/features`).find((file) => file.endsWith('.csv'));
  const bytes = readFileSync(`${folder}/features/${name}`);
  let at = bytes.indexOf(10) + 1;
  const columns = bytes.subarray(0, at).filter((byte) => byte === 44).length;
  let rows = 0;
  for (let i = at; i < bytes.length; i++) if (bytes[i] === 10) rows++;
  if (bytes[bytes.length - 1] !== 10) rows++;
  const X = denseMatrix(rows, columns);
  let cell = 0;
  while (at < bytes.length) {
    at = bytes.indexOf(44, at) + 1;
    for (let j = 0; j < columns; j++) {
      // Short integers by hand, everything else exactly by Number().
      const start = at;
      let value = 0;
      let byte = bytes[at];
      while (byte >= 48 && byte <= 57) {
        value = value * 10 + byte - 48;
        byte = bytes[++at];
      }
      if ((byte !== 44 && byte !== 10 && byte !== undefined) || at - start > 15) {
        while (bytes[at] !== 44 && bytes[at] !== 10 && at < bytes.length) at++;
        value = Number(bytes.latin1Slice(start, at));
      }
      X.values[cell++] = value;
      at++;
    }
  }
  // Mostly zeros: kept sparse, as the program's own reader does.
  return X.values.reduce((count, x) => count + (x !== 0 ? 1 : 0), 0) < 0.25 * X.values.length ? toSparse(X) : X;
}

function readLabels(folder) {
  const lines = readFileSync(`${folder}/labels/true_labels.csv`, 'utf8').trimEnd().split('\n').slice(1);
  return Uint32Array.from(lines, (line) => (line.split(',')[1] === 'malicious' ? 1 : 0));
}

/** Area under the ROC curve by ranks, ties shared. */
function auc(scores, y) {
  const order = Uint32Array.from(y.keys()).sort((a, b) => scores[a] - scores[b]);
  let positives = 0;
  let ranks = 0;
  for (let i = 0, j = 0; i < order.length; i = j) {
    while (j < order.length && scores[order[j]] === scores[order[i]]) j++;
    for (let k = i; k < j; k++) {
      if (y[order[k]] !== 1) continue;
      ranks += (i + j + 1) / 2;
      positives++;
    }
  }
  return (ranks - (positives * (positives + 1)) / 2) / positives / (order.length - positives);
}

function quality(fitted, X, y) {
  const { scores } = fitted.predict(X);
  let hits = 0;
  let alarms = 0;
  let right = 0;
  let positives = 0;
  y.forEach((label, i) => {
    if (label === 1) positives++;
    if (scores[i] > 0) alarms++;
    if (scores[i] > 0 && label === 1) hits++;
    if (scores[i] > 0 === (label === 1)) right++;
  });
  return { auc: auc(scores, y), f1: (2 * hits) / (alarms + positives), accuracy: right / y.length };
}

const pick = (values, rows) => values.constructor.from(rows, (i) => values[i]);
const where = (n, keep) => Uint32Array.from({ length: n }, (_, i) => i).filter(keep);

/** Mean AUC over the folds of each grid point, and the best point. */
async function search(X, y, context) {
  const seen = [0, 0];
  const fold = Uint8Array.from(y, (label) => seen[label]++ % folds);
  const means = new Map();
  for (let f = 0; f < folds; f++) {
    const inside = where(y.length, (i) => fold[i] !== f);
    const outside = where(y.length, (i) => fold[i] === f);
    const data = { X: selectRows(X, inside), y: pick(y, inside), classCount: 2 };
    const held = { X: selectRows(X, outside), y: pick(y, outside) };
    for (const penalty of grid.penalty) {
      const points = grid.C.map((C) => ({ ...defaults, C, penalty }));
      const start = process.cpuUsage();
      const fits = await logisticRegression.fitPath(data, points, context);
      const spent = process.cpuUsage(start);
      if (process.env.BENCH_DETAIL) console.error(f, penalty, ((spent.user + spent.system) / 1e6).toFixed(3));
      fits.forEach((fitted, p) => {
        for (const warning of fitted.warnings) console.error(warning);
        const key = `${penalty} C=${grid.C[p]}`;
        means.set(key, (means.get(key) ?? 0) + auc(fitted.predict(held.X).scores, held.y) / folds);
      });
    }
  }
  const [key, value] = [...means].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  const [penalty, C] = key.split(' C=');
  return { best: { ...defaults, penalty, C: Number(C) }, cvAuc: value, means: Object.fromEntries(means) };
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'test-ids': { type: 'string' }, penalty: { type: 'string' }, C: { type: 'string' } },
});
const [job, trainFolder, testFolder] = positionals;
const defaults = Object.fromEntries(
  Object.entries(logisticRegression.params).map(([name, spec]) => [name, spec.default]),
);
const context = { seed: 0 };

let X = readFeatures(trainFolder);
let y = readLabels(trainFolder);
let test;
if (testFolder) test = { X: readFeatures(testFolder), y: readLabels(testFolder) };
if (flags['test-ids']) {
  const ids = new Set(readFileSync(flags['test-ids'], 'utf8').trimEnd().split('\n').slice(1).map(Number));
  const inside = where(y.length, (i) => !ids.has(i));
  const outside = where(y.length, (i) => ids.has(i));
  test = { X: selectRows(X, outside), y: pick(y, outside) };
  X = selectRows(X, inside);
  y = pick(y, inside);
}
const before = process.cpuUsage();
let chosen = { ...defaults, penalty: flags.penalty ?? defaults.penalty, C: Number(flags.C ?? defaults.C) };
let searched = {};
if (job === 'grid') {
  searched = await search(X, y, context);
  chosen = searched.best;
}
const fitted = await logisticRegression.fit({ X, y, classCount: 2 }, chosen, context);
const training = process.cpuUsage(before);
test ??= { X, y };
const figures = quality(fitted, test.X, test.y);
const cpu = process.cpuUsage();
console.log(
  JSON.stringify({
    chosen: `${chosen.penalty} C=${chosen.C}`,
    ...figures,
    cvAuc: searched.cvAuc,
    means: searched.means,
    trainingCpu: (training.user + training.system) / 1e6,
    cpu: (cpu.user + cpu.system) / 1e6,
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
