// Query strategies on a pool of NSL-KDD with 21 rare attack families: families found and quality of the model by labels.
//
//   npx tsx bench/active-learning.mjs --data DIR [--strategy ID…] [--seeds 3] [--labels 1000] [--rare]
//
// DIR holds NSLKDD/train20. The pool: all rows of the normal traffic that the sampling keeps (9,449) and 6 % of each
// attack family, at least one row; it starts with 5 malicious and 45 benign labels and asks about 50 queries an
// iteration. Average precision is that of a forest of 100 trees, trained on the answers, on the rows left out.
// --rare: rare categories on all of train20 (22 classes), from 10 labels.
import { parseArgs } from 'node:util';
import { computeIteration } from '../src/experiments/labelling/compute-iteration.ts';
import { labelColumn } from '../src/experiments/labelling/known-labels.ts';
import { queryStrategies } from '../src/ml/active-learning/registry.ts';
import { classifiers } from '../src/ml/classifiers/registry.ts';
import { selectRows } from '../src/ml/matrix/feature-matrix.ts';
import { averagePrecision } from '../src/ml/metrics/precision-recall.ts';
import { scoreCurve } from '../src/ml/metrics/score-curve.ts';
import { defaultParams } from '../src/ml/params.ts';
import { randomStream, shuffle } from '../src/ml/random/stream.ts';
import { inlineExecutor } from '../src/parallel/inline-executor.ts';
import { openDataset } from '../src/workspace/open-dataset.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    strategy: { type: 'string', multiple: true },
    seeds: { type: 'string', default: '3' },
    labels: { type: 'string', default: '1000' },
    rare: { type: 'boolean', default: false },
    param: { type: 'string', multiple: true, default: [] },
  },
});
if (options.data === undefined) throw new Error('--data DIR is needed');
const marks = options.rare ? [100, 200, 500] : [100, 200, 500, 1000];
const most = Math.min(Number(options.labels), marks.at(-1));
const { dataset } = await openDataset({ inputDir: options.data, project: 'NSLKDD', dataset: 'train20', seed: 0 });
const strategies = options.strategy ?? Object.keys(queryStrategies);

/** Rows of the pool and those kept for judging. */
function poolOf(seed) {
  const { label, family } = dataset.labels;
  const byFamily = new Map();
  label.forEach((own, row) => {
    const key = `${own} ${family[row]}`;
    byFamily.set(key, [...(byFamily.get(key) ?? []), row]);
  });
  const pool = [];
  const rest = [];
  for (const key of [...byFamily.keys()].sort()) {
    const rows = byFamily.get(key);
    shuffle(rows, randomStream(seed, `pool ${key}`));
    const share = options.rare ? 1 : key.startsWith('1') ? 0.06 : 9449 / 13449;
    const count = Math.max(1, Math.round(share * rows.length));
    pool.push(...rows.slice(0, count));
    rest.push(...rows.slice(count));
  }
  return { pool: Uint32Array.from(pool).sort(), rest: Uint32Array.from(rest).sort() };
}

function subset(rows) {
  const pick = (list) => Array.from(rows, (row) => list[row]);
  return { ...dataset, ids: pick(dataset.ids), idents: pick(dataset.idents), X: selectRows(dataset.X, rows), labels: undefined };
}

/** Families by label that some labelled rows bear. */
const familiesOf = (rows, all) => new Set(rows.map((row) => `${dataset.labels.label[row]} ${dataset.labels.family[row]}`).filter((key) => all || key.startsWith('1')));

async function quality(rows, rest) {
  const y = Uint32Array.from(rows, (row) => dataset.labels.label[row]);
  const forest = await classifiers['random-forest'].fit(
    { X: selectRows(dataset.X, Uint32Array.from(rows)), y, classCount: 2 },
    defaultParams(classifiers['random-forest'].params),
    { seed: 1, executor: inlineExecutor },
  );
  const { probabilities } = forest.predict(selectRows(dataset.X, rest));
  const curve = scoreCurve(
    Float64Array.from(rest, (_, i) => probabilities[2 * i + 1]),
    Uint8Array.from(rest, (row) => dataset.labels.label[row]),
  );
  return averagePrecision(curve);
}

async function simulate(strategy, seed) {
  const { pool, rest } = poolOf(seed);
  const data = subset(pool);
  const truth = (row) => ({
    label: dataset.labels.label[pool[row]] === 1 ? 'malicious' : 'benign',
    family: dataset.labels.families[dataset.labels.family[pool[row]]] ?? null,
  });
  const order = Array.from(pool.keys());
  shuffle(order, randomStream(seed, 'start'));
  const malicious = order.filter((row) => dataset.labels.label[pool[row]] === 1);
  const benign = order.filter((row) => dataset.labels.label[pool[row]] === 0);
  const start = options.rare ? order.slice(0, 10) : [...malicious.slice(0, 5), ...benign.slice(0, 45)];
  const labels = new Map(start.map((row) => [data.ids[row], truth(row)]));
  const known = [...start];
  const definition = queryStrategies[strategy];
  const sizes = options.rare ? { batch: 20 } : { batch: 50, uncertain: 6, queries: 22 };
  const own = Object.fromEntries(Object.entries(sizes).filter(([name]) => name in definition.params));
  const given = Object.fromEntries(options.param.map((text) => text.split('=')).map(([name, value]) => [name, Number.isNaN(Number(value)) ? value : Number(value)]));
  const settings = {
    strategy,
    strategyParams: { ...defaultParams(definition.params), ...own, ...given },
    budget: 1e9,
    model: 'logistic-regression',
    points: [defaultParams(classifiers['logistic-regression'].params)],
    tuningFolds: 4,
    impute: false,
    validationDatasets: [],
    seed,
  };
  const found = [];
  const precision = [];
  let [seconds, iterations] = [0, 0];
  let next = 0;
  for (let iteration = 1; next < marks.length && marks[next] <= most; iteration++) {
    const dataSet = { ...data, labels: labelColumn(data, labels), truth: undefined };
    const candidates = Uint32Array.from(data.ids.keys()).filter((row) => !labels.has(data.ids[row]));
    const asked = [];
    const began = process.cpuUsage().user;
    await computeIteration(
      { dataset: dataSet, X: data.X, validationDatasets: [], iteration, candidates, limit: 1e9 },
      settings,
      { seed, executor: inlineExecutor, stage() {} },
      (group) => asked.push(...group.queries.map(({ row }) => row)),
    );
    seconds += (process.cpuUsage().user - began) / 1e6;
    iterations++;
    if (asked.length === 0) break;
    for (const row of asked) {
      labels.set(data.ids[row], truth(row));
      known.push(row);
      if (known.length === marks[next]) {
        const rows = known.map((of) => pool[of]);
        found.push(familiesOf(rows, options.rare).size);
        if (!options.rare) precision.push(await quality(rows, rest));
        next++;
        if (next === marks.length) break;
      }
    }
  }
  return { found, precision, seconds: seconds / iterations };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
console.log(`strategy | families at ${marks.join('/')} labels | average precision | s an iteration`);
for (const strategy of strategies) {
  const runs = [];
  for (let seed = 0; seed < Number(options.seeds); seed++) runs.push(await simulate(strategy, seed));
  const at = (name) => marks.map((_, k) => runs.map((run) => run[name][k]).filter((value) => value !== undefined)).filter((list) => list.length > 0);
  const found = at('found').map((list) => mean(list).toFixed(1)).join(' / ');
  const precision = at('precision').map((list) => mean(list).toFixed(3)).join(' ');
  console.log(`${strategy} | ${found} | ${precision} | ${mean(runs.map((run) => run.seconds)).toFixed(2)}`);
}
