import { randomForest } from '../../classifiers/random-forest.js';
import { selectRows } from '../../matrix/feature-matrix.js';
import { defaultParams, defineParams } from '../../params.js';
import { answeredFamilies } from '../answered-families.js';
import { batchParams } from '../batch-param.js';
import { lowest } from '../lowest.js';
import { defineQueryStrategy } from '../strategy.js';
import { twoLikeliest } from '../two-likeliest.js';

const params = defineParams({
  ...batchParams,
  members: { type: 'number', default: 100, min: 2, max: 1000, integer: true, help: 'trees of the committee' },
});

/**
 * Query by committee (Seung, Opper and Sompolinsky 1992) with vote entropy (Dagan and Engelson 1995): the instances on
 * whose family the trees of a bagged forest (Abe and Mamitsuka 1998) disagree most, each tree grown to the end on a
 * bootstrap sample of the answers.
 */
export const queryByCommittee = defineQueryStrategy({
  id: 'query-by-committee',
  title: 'Query by committee',
  summary: 'What a committee of trees disagrees about: for data that no straight border divides.',
  params,
  offeredBy: ['active-learning', 'rare-categories'],
  needs: { answers: 'two-families', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch, members }, limit, context) {
    const { candidates, ids, X } = state;
    const families = answeredFamilies(state, null).map(({ label, family, rows }) => ({
      label,
      family,
      // By their ids: the bootstrap samples must not depend on the order of the file.
      rows: rows.toSorted((a, b) => (ids[a] < ids[b] ? -1 : 1)),
    }));
    const learned = Uint32Array.from(families.flatMap(({ rows }) => rows));
    const y = Uint32Array.from(families.flatMap(({ rows }, c) => rows.map(() => c)));
    const k = Math.max(2, families.length);
    const point = { ...defaultParams(randomForest.params), nEstimators: members, bootstrap: true };
    const { seed, executor, signal } = context;
    const forest = await randomForest.fit({ X: selectRows(X, learned), y, classCount: k }, point, {
      seed,
      executor,
      signal,
    });
    // Grown to the end, a leaf votes for one family: the mean of the leaves is the share of the votes.
    const { probabilities } = forest.predict(selectRows(X, candidates));
    if (!probabilities) throw new Error('a forest has probabilities');
    const agreement = new Float64Array(X.rows);
    const likeliest = new Uint32Array(X.rows);
    candidates.forEach((row, i) => {
      agreement[row] = -entropy(probabilities, i * k, k);
      likeliest[row] = twoLikeliest(probabilities, i * k, k).first;
    });
    const rows = lowest(candidates, agreement, Math.min(batch, limit), ids);
    context.publish({
      kind: 'committee',
      queries: Array.from(rows, (row) => {
        const { label, family } = families[Math.min(likeliest[row], families.length - 1)];
        return {
          row,
          reason: `the trees disagree on its family: entropy ${(-agreement[row]).toFixed(2)}`,
          value: -agreement[row],
          suggestion: { label, family, confidence: 'low' },
        };
      }),
      notes: [],
    });
  },
});

/** In nats. */
function entropy(shares: Float64Array, at: number, k: number): number {
  let sum = 0;
  for (let c = at; c < at + k; c++) if (shares[c] > 0) sum -= shares[c] * Math.log(shares[c]);
  return sum;
}
