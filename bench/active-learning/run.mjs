// Query strategies in a labelling loop whose person always knows the answer: families found, quality of a model
// trained on the answers, CPU seconds of an iteration (everything: model, its cross-validation, queries), by labels.
//
//   npx tsx bench/active-learning/run.mjs --data DIR [--dataset NSLKDD/train20] [--pool rare-attacks|split|everything]
//       [--strategy ID]… [--param NAME=VALUE]… [--model ID] [--seeds 10] [--marks 100,200,500,1000] [--no-judge]
//
// DIR holds <project>/<dataset>. Pools are told in pools.mjs. `rare-attacks` (only for NSL-KDD train20) and `split`
// start with 5 malicious and 45 benign labels and ask about 50 queries an iteration; `everything` starts with 10
// labels, asks 20, and counts the families of both labels.
import { parseArgs } from 'node:util';
import { queryStrategies } from '../../src/ml/active-learning/registry.ts';
import { openDataset } from '../../src/workspace/dataset/open-dataset.ts';
import { pools } from './pools.mjs';
import { simulate } from './simulate.mjs';

const { values: options } = parseArgs({
  allowNegative: true,
  options: {
    data: { type: 'string' },
    dataset: { type: 'string', default: 'NSLKDD/train20' },
    pool: { type: 'string', default: 'rare-attacks' },
    strategy: { type: 'string', multiple: true },
    param: { type: 'string', multiple: true, default: [] },
    model: { type: 'string', default: 'logistic-regression' },
    seeds: { type: 'string', default: '10' },
    marks: { type: 'string' },
    judge: { type: 'boolean', default: true },
    missing: { type: 'boolean', default: false },
  },
});
if (options.data === undefined) throw new Error('--data DIR is needed');
if (!(options.pool in pools)) throw new Error(`--pool is one of ${Object.keys(pools).join(', ')}`);
const both = options.pool === 'everything';
const marks = (options.marks ?? (both ? '100,200,500' : '100,200,500,1000')).split(',').map(Number);
const [project, name] = options.dataset.split('/');
const { dataset } = await openDataset({ inputDir: options.data, project, dataset: name, seed: 0 });

const sizes = both ? { batch: 20 } : { batch: 50, uncertain: 6, queries: 22 };
const given = Object.fromEntries(options.param.map((text) => text.split('=')));

/** Sizes of the batches and what --param says, as far as the strategy has such parameters. */
function paramsOf({ params }) {
  const values = { ...sizes };
  for (const [key, text] of Object.entries(given)) {
    if (key in params) values[key] = params[key].type === 'number' ? Number(text) : text;
  }
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in params));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const least = (values) => values.reduce((a, b) => Math.min(a, b));

/** Means over the seeds at each mark that some run reached. */
function means(runs, field, digits) {
  return marks.flatMap((_, k) => {
    const values = runs.map((run) => run[field][k]).filter((value) => value !== undefined);
    return values.length > 0 ? [mean(values).toFixed(digits)] : [];
  });
}

console.log(
  `| strategy | families at ${marks.join(' / ')} labels | fewest at the end | average precision | s | longest |`,
);
console.log('|---|---|---|---|---|---|');
for (const strategy of options.strategy ?? Object.keys(queryStrategies)) {
  const runs = [];
  const unseen = new Map();
  for (let seed = 0; seed < Number(options.seeds); seed++) {
    const drawn = pools[options.pool](dataset, seed);
    const ended = (rows) => countUnseen(drawn.pool, rows, unseen);
    const params = paramsOf(queryStrategies[strategy]);
    const judge = options.judge;
    runs.push(
      await simulate(dataset, drawn, { strategy, params, model: options.model, seed, marks, both, judge, ended }),
    );
  }
  const seconds = runs.flatMap((run) => run.seconds);
  const cells = [
    strategy,
    means(runs, 'families', 1).join(' / '),
    least(runs.map((run) => run.families.at(-1) ?? 0)),
    means(runs, 'precision', 3).join(' '),
    mean(seconds).toFixed(2),
    Math.max(...seconds).toFixed(2),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  if (options.missing) console.log([...unseen].map(([family, count]) => `  not found: ${family} ×${count}`).join('\n'));
}

/** Counts which families of the pool no answer was of. */
function countUnseen(pool, rows, unseen) {
  const nameOf = (row) => dataset.labels.families[dataset.labels.family[row]];
  const seen = new Set(rows.map(nameOf));
  for (const family of new Set(Array.from(pool, nameOf))) {
    if (!seen.has(family)) unseen.set(family, (unseen.get(family) ?? 0) + 1);
  }
}
