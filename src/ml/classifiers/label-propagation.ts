import { counted, UserError } from '../../errors.js';
import { throwIfCancelled } from '../fit-context.js';
import { selectRows } from '../matrix/feature-matrix.js';
import { distinctRows } from '../neighbours/distinct-rows.js';
import { searchable } from '../neighbours/neighbour-search.js';
import { orderedRows } from '../neighbours/ordered-rows.js';
import { defineParams } from '../params.js';
import { columnScaling } from '../preprocessing/standardisation.js';
import { defineClassifier } from './classifier.js';
import { FittedPropagation } from './label-propagation/fitted-propagation.js';
import { kernelGraph, neighbourGraph } from './label-propagation/similarity-graph.js';
import { spreadLabels } from './label-propagation/spread-labels.js';

const params = defineParams({
  method: {
    type: 'choice',
    words: ['spreading', 'propagation'],
    default: 'spreading',
    help: 'labels give way to those around them, or stay as they were given',
  },
  kernel: {
    type: 'choice',
    words: ['knn', 'rbf'],
    default: 'knn',
    help: 'rows that labels pass between: near ones, or all, by exp(-gamma |u-v|²)',
  },
  nNeighbors: {
    type: 'number',
    default: 30,
    min: 1,
    max: 1000,
    integer: true,
    help: 'nearest rows that each is linked with (with kernel=knn)',
  },
  gamma: {
    type: 'number-or-word',
    words: ['auto'],
    default: 'auto',
    min: 0,
    open: true,
    help: 'how fast likeness fades; auto: 1 / features that vary (with kernel=rbf)',
  },
  alpha: {
    type: 'number',
    default: 0.9,
    min: 0,
    max: 0.999,
    help: 'how much a row listens to the others (with method=spreading)',
  },
  standardise: {
    type: 'boolean',
    default: true,
    help: 'bring every feature to mean 0 and standard deviation 1 first',
  },
});

/**
 * Label propagation (Zhu, Ghahramani and Lafferty 2003) and label spreading (Zhou et al. 2003): labels pass along a graph
 * of like rows, those without a label among them (see spreadLabels). A new row is the mean of its neighbours among the
 * training rows, or of all by the kernel.
 *
 * Departures from scikit-learn: other defaults, which do better with few labels (docs/models.md); the fixed point is solved for, it is not a matter of steps; equal rows are one; the graph
 * of neighbours goes both ways and holds no row for its own neighbour; a row that equals a training row has what the
 * labels became there; rows that no path leads to from a label have the share of each class, and are told.
 */
export const labelPropagation = defineClassifier({
  id: 'label-propagation',
  title: 'Label propagation',
  summary: 'Labels pass on to what is alike, step by step: a few of them, and many rows without one.',
  params,
  accepts: { sparse: true, missing: false, multiclass: true, weights: false },
  learnsFrom: 'some-labels',
  parallelFit: true,
  cost: (rows, columns, classCount, { nNeighbors, kernel }) => ({
    seconds: 1e-8 * rows * columns * Math.log2(rows + 2) + 4e-10 * rows * Math.sqrt(rows) * columns,
    bytes: 24 * rows * columns + 8 * rows * classCount + (kernel === 'knn' ? 100 * rows * nNeighbors : 40 * rows ** 2),
  }),
  async fit({ X, y, classCount }, { method, kernel, nNeighbors, gamma: asked, alpha, standardise }, context) {
    throwIfCancelled(context.signal);
    if (X.values.some(Number.isNaN)) throw new RangeError('neighbours of rows with missing values are not defined');
    if (y.every((own) => own === classCount)) {
      throw new UserError('label propagation needs training rows with a label: there is none');
    }
    const { mean, scale, constant } = columnScaling(X, undefined, standardise);
    const unit = scale.map((width, j) => (constant[j] === 1 ? 0 : 1 / width));
    const { representative, groupOf } = distinctRows(X);
    const order = orderedRows(X, representative);
    const points = selectRows(X, order);
    const given = sharesGiven(order, groupOf, y, classCount);
    const gamma = asked === 'auto' ? 1 / Math.max(1, constant.filter((flag) => flag === 0).length) : asked;
    const k = Math.min(nNeighbors, points.rows - 1);
    const places = { mean, unit };
    const graph =
      kernel === 'rbf'
        ? kernelGraph(points, gamma, places, context)
        : await neighbourGraph(searchable(points), k, places, context);
    const { shares, unreached } = spreadLabels(graph, given, classCount, { method, alpha }, context.signal);
    const warnings =
      unreached > 0
        ? [`no label reaches ${counted(unreached, 'distinct row')}: they have the share of each class among the labels`]
        : [];
    const model = {
      k: kernel === 'rbf' ? 0 : Math.max(1, k),
      gamma,
      classCount,
      points: searchable(points),
      shares,
      mean,
      unit,
    };
    return new FittedPropagation(model, warnings);
  },
  revive: FittedPropagation.revive,
});

/** m×c: what the labelled among the rows that a point stands for say; 0 where none has a label. */
function sharesGiven(points: Uint32Array, groupOf: Int32Array, y: Uint32Array, classCount: number): Float64Array {
  const place = new Uint32Array(points.length);
  points.forEach((row, at) => (place[groupOf[row]] = at));
  const given = new Float64Array(points.length * classCount);
  const labels = new Uint32Array(points.length);
  y.forEach((own, row) => {
    if (own === classCount) return;
    given[place[groupOf[row]] * classCount + own]++;
    labels[place[groupOf[row]]]++;
  });
  return given.map((count, at) => (count === 0 ? 0 : count / labels[Math.floor(at / classCount)]));
}
