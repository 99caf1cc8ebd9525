// A labelling loop whose person always knows the answer.
import { computeIteration } from '../../src/experiments/labelling/compute-iteration.ts';
import { labelColumn } from '../../src/experiments/labelling/known-labels.ts';
import { queryStrategies } from '../../src/ml/active-learning/registry.ts';
import { classifiers } from '../../src/ml/classifiers/registry.ts';
import { selectRows } from '../../src/ml/matrix/feature-matrix.ts';
import { averagePrecision } from '../../src/ml/metrics/precision-recall.ts';
import { scoreCurve } from '../../src/ml/metrics/score-curve.ts';
import { defaultParams } from '../../src/ml/params.ts';
import { inlineExecutor } from '../../src/parallel/inline-executor.ts';
import { startRows, withoutLabels } from './pools.mjs';

/** Average precision on the rows held out of a forest of 100 trees, trained on the answers. */
async function forestPrecision({ labels, X }, rows, heldOut) {
  const { fit, params } = classifiers['random-forest'];
  const y = Uint32Array.from(rows, (row) => labels.label[row]);
  const forest = await fit(
    { X: selectRows(X, Uint32Array.from(rows)), y, classCount: 2 },
    { ...defaultParams(params), nEstimators: 100 },
    { seed: 1, executor: inlineExecutor },
  );
  const { probabilities } = forest.predict(selectRows(X, heldOut));
  const malicious = Float64Array.from(heldOut, (_, i) => probabilities[2 * i + 1]);
  return averagePrecision(
    scoreCurve(
      malicious,
      Uint8Array.from(heldOut, (row) => labels.label[row]),
    ),
  );
}

/** Families that some rows bear: the malicious, or of both labels. */
function countFamilies({ label, family }, rows, both) {
  return new Set(rows.filter((row) => both || label[row] === 1).map((row) => `${label[row]} ${family[row]}`)).size;
}

/**
 * @param settings strategy, params (that differ from its defaults), model, seed, marks (numbers of labels, ascending),
 *   both (families of both labels count), judge (train the forest)
 * @returns families and precision at each mark, CPU seconds of an iteration (mean and largest)
 */
export async function simulate(dataset, drawn, { strategy, params, model, seed, marks, both, judge, ended }) {
  const { pool, heldOut } = drawn;
  const data = withoutLabels(dataset, pool);
  const { labels: known } = dataset;
  const truth = (row) => ({
    label: known.label[pool[row]] === 1 ? 'malicious' : 'benign',
    family: known.families[known.family[pool[row]]] ?? null,
  });
  const answered = startRows(drawn, dataset, seed);
  const labels = new Map(answered.map((row) => [data.ids[row], truth(row)]));
  const settings = {
    strategy,
    strategyParams: { ...defaultParams(queryStrategies[strategy].params), ...params },
    budget: Number.MAX_SAFE_INTEGER,
    model,
    points: [defaultParams(classifiers[model].params)],
    tuningFolds: 4,
    impute: false,
    validationDatasets: [],
    seed,
  };
  const results = { families: [], precision: [], seconds: [] };
  const mark = async () => {
    const rows = answered.map((row) => pool[row]);
    results.families.push(countFamilies(known, rows, both));
    if (judge && heldOut.length > 0) results.precision.push(await forestPrecision(dataset, rows, heldOut));
  };
  for (let iteration = 1; results.families.length < marks.length; iteration++) {
    const before = process.cpuUsage();
    const asked = await ask({ ...data, labels: labelColumn(data, labels) }, labels, settings, iteration);
    const { user, system } = process.cpuUsage(before);
    if (asked.length === 0) break;
    results.seconds.push((user + system) / 1e6);
    for (const row of asked) {
      labels.set(data.ids[row], truth(row));
      answered.push(row);
      if (answered.length === marks[results.families.length]) await mark();
    }
  }
  ended?.(answered.map((row) => pool[row]));
  return results;
}

async function ask(dataset, labels, settings, iteration) {
  const candidates = Uint32Array.from(dataset.ids.keys()).filter((row) => !labels.has(dataset.ids[row]));
  const asked = [];
  await computeIteration(
    { dataset, X: dataset.X, validationDatasets: [], iteration, candidates, limit: candidates.length },
    settings,
    { seed: settings.seed, executor: inlineExecutor, stage() {} },
    ({ queries }) => asked.push(...queries.map(({ row }) => row)),
  );
  return asked;
}
