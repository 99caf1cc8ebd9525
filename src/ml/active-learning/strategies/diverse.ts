import { batchParams } from '../batch-param.js';
import { defineQueryStrategy } from '../strategy.js';
import { typicalQueries } from '../typical-queries.js';

/** Typical instances of what has not been looked at yet, after TypiClust: see `typicalQueries`. */
export const diverse = defineQueryStrategy({
  id: 'diverse',
  title: 'Diverse',
  summary: 'Typical instances of all parts of the data, large ones first: the best use of the first few answers.',
  params: batchParams,
  offeredBy: ['active-learning', 'rare-categories'],
  needs: { answers: 'none', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch }, limit, { publish }) {
    publish({ kind: 'typical', queries: typicalQueries(state, Math.min(batch, limit)), notes: [] });
  },
});
