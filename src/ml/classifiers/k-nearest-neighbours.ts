import { UserError } from '../../errors.js';
import { throwIfCancelled } from '../fit-context.js';
import { selectRows } from '../matrix/feature-matrix.js';
import { distinctRows } from '../neighbours/distinct-rows.js';
import { searchable } from '../neighbours/neighbour-search.js';
import { defineParams } from '../params.js';
import { columnScaling } from '../preprocessing/standardisation.js';
import { defineClassifier } from './classifier.js';
import { FittedNeighbours } from './k-nearest-neighbours/fitted-neighbours.js';

const params = defineParams({
  nNeighbors: {
    type: 'number',
    default: 5,
    min: 1,
    max: 1000,
    integer: true,
    grid: [3, 5, 11, 21],
    help: 'training rows that vote on a row',
  },
  weights: {
    type: 'choice',
    words: ['uniform', 'distance'],
    default: 'uniform',
    grid: ['uniform', 'distance'],
    help: 'every neighbour has one vote, or nearer ones have more (1 / distance)',
  },
  standardise: {
    type: 'boolean',
    default: true,
    help: 'bring every feature to mean 0 and standard deviation 1 first',
  },
});

/**
 * k nearest neighbours (Cover and Hart 1967) by Euclidean distance, exact: balls of dense rows, an inverted index
 * of sparse ones. Probabilities are the shares of the neighbours' votes.
 *
 * Departures from scikit-learn: rows that tie with the k-th neighbour vote too, so that the order of the training rows
 * does not matter; equal rows are kept once; features are standardised within the model; sample weights count as
 * votes, and a row of weight 0 is no neighbour.
 */
export const kNearestNeighbours = defineClassifier({
  id: 'k-nearest-neighbours',
  title: 'k nearest neighbours',
  summary: 'What the most similar training rows are: nothing to train, slow to apply, and its evidence can be shown.',
  params,
  accepts: { sparse: true, missing: false, multiclass: true, weights: true },
  // Scoring is what costs: each row is held against some of the training rows, at worst all.
  cost: (rows, columns, classCount) => ({
    seconds: 1e-8 * rows * columns * Math.log2(rows + 2) + 2e-10 * rows * Math.sqrt(rows) * columns,
    bytes: 24 * rows * columns + 8 * rows * classCount,
  }),
  async fit(data, { nNeighbors, weights: weighting, standardise }, context) {
    throwIfCancelled(context.signal);
    const { X, y, weights, classCount } = data;
    const present = weights ? Uint8Array.from(weights, (weight) => (weight > 0 ? 1 : 0)) : undefined;
    const { representative, groupOf } = distinctRows(X, present);
    if (representative.length === 0) throw new UserError('there is no row of positive weight to learn from');
    const multiplicity = new Uint32Array(representative.length);
    const votes = new Float64Array(representative.length * classCount);
    for (let i = 0; i < X.rows; i++) {
      const group = groupOf[i];
      if (group < 0) continue;
      multiplicity[group]++;
      votes[group * classCount + y[i]] += weights ? weights[i] : 1;
    }
    const { mean, scale, constant } = columnScaling(X, weights, standardise);
    return new FittedNeighbours({
      k: nNeighbors,
      byDistance: weighting === 'distance',
      classCount,
      points: searchable(selectRows(X, representative)),
      multiplicity,
      votes,
      mean,
      unit: scale.map((width, j) => (constant[j] === 1 ? 0 : 1 / width)),
    });
  },
  revive: FittedNeighbours.revive,
});
