import { UserError } from '../../errors.js';
import { contaminationParams, scoreThreshold } from '../anomaly/contamination.js';
import { FittedLocalOutlierFactor } from '../anomaly/local-outlier-factor/fitted-local-outlier-factor.js';
import { trainingFactors } from '../anomaly/local-outlier-factor/training-factors.js';
import { throwIfCancelled } from '../fit-context.js';
import { selectRows } from '../matrix/feature-matrix.js';
import { distinctRows } from '../neighbours/distinct-rows.js';
import { searchable } from '../neighbours/neighbour-search.js';
import { defineParams } from '../params.js';
import { columnScaling } from '../preprocessing/standardisation.js';
import { defineClassifier } from './classifier.js';

const params = defineParams({
  nNeighbors: {
    type: 'number',
    default: 20,
    min: 1,
    max: 1000,
    integer: true,
    help: 'nearest rows whose density a row is compared with',
  },
  duplicates: {
    type: 'choice',
    words: ['count', 'once'],
    default: 'count',
    help: 'equal training rows: every one is a neighbour, or all of them are one',
  },
  standardise: {
    type: 'boolean',
    default: true,
    help: 'bring every feature to mean 0 and standard deviation 1 first',
  },
  ...contaminationParams,
});

/** As scikit-learn: half as dense again around the neighbours as around the row. */
const ownThreshold = 1.5;

/**
 * Local outlier factor (Breunig, Kriegel, Ng and Sander, SIGMOD 2000), exact, by Euclidean distance: a row is unusual where
 * the space around it is emptier than around its neighbours. Its score is the factor less the threshold. New rows are
 * compared with the training rows; one that equals a training row has that row's factor.
 *
 * Rows with more than k equals have no distance between them: as in scikit-learn 10⁻¹⁰ is added to every mean reach, so
 * that their density is 10¹⁰, their own factor 1, and that of others beside them large but finite; `duplicates=once`
 * takes equal rows for one, as the paper's k-distinct-distance. Departures from scikit-learn: rows that tie with the
 * k-th neighbour count (the paper's definition 4), so that the order of the rows does not matter; features are
 * standardised within the model. Time: one search for each distinct row, at worst O(n²·d).
 */
export const localOutlierFactor = defineClassifier({
  id: 'local-outlier-factor',
  title: 'Local outlier factor',
  summary: 'What is lonelier than its neighbours, without any label: for oddities beside dense clusters.',
  params,
  accepts: { sparse: true, missing: false, multiclass: false, weights: false },
  learnsFrom: 'nothing',
  cost: (rows, columns, _, { nNeighbors }) => ({
    seconds: 1e-8 * rows * columns * Math.log2(rows + 2) + 2e-10 * rows * Math.sqrt(rows) * columns,
    bytes: 24 * rows * columns + 40 * rows * (nNeighbors + 2),
  }),
  async fit({ X }, { nNeighbors, duplicates, standardise, contamination }, { signal }) {
    throwIfCancelled(signal);
    if (X.values.some(Number.isNaN)) throw new RangeError('neighbours of rows with missing values are not defined');
    if (X.rows < 2) throw new UserError('a local outlier factor compares rows: at least two are needed');
    const { representative, groupOf } = distinctRows(X);
    const multiplicity = new Uint32Array(representative.length);
    for (const group of groupOf) multiplicity[group]++;
    const counted =
      duplicates === 'once' && multiplicity.length > 1 ? new Uint32Array(multiplicity.length).fill(1) : multiplicity;
    const others = counted.reduce((sum, count) => sum + count, 0) - 1;
    const { mean, scale, constant } = columnScaling(X, undefined, standardise);
    const model = trainingFactors(
      {
        k: Math.min(nNeighbors, others),
        points: searchable(selectRows(X, representative)),
        multiplicity: counted,
        mean,
        unit: scale.map((width, j) => (constant[j] === 1 ? 0 : 1 / width)),
      },
      signal,
    );
    const threshold =
      contamination === 'auto'
        ? ownThreshold
        : scoreThreshold(
            Float64Array.from(groupOf, (group) => model.factor[group]),
            contamination,
          );
    const warnings =
      others < nNeighbors
        ? [`there are only ${others + 1} rows to compare: each with all the others, not with the nearest ${nNeighbors}`]
        : [];
    return new FittedLocalOutlierFactor(model, threshold, warnings);
  },
  revive: FittedLocalOutlierFactor.revive,
});
