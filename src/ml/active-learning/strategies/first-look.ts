import { batchParams } from '../batch-param.js';
import { feedbackScores } from '../feedback-scores.js';
import { lowest } from '../lowest.js';
import { defineQueryStrategy } from '../strategy.js';
import { typicalQueries } from '../typical-queries.js';

/** Step of an answer of the isolation forest. */
const rate = 1;

/**
 * From nothing: half of the queries are typical of the parts of the data that nobody looked at (`diverse`), half are the
 * most unusual by an isolation forest that learns from the answers (`feedback-forest`). What loops begin with: where
 * malicious is common the first half meets both labels soon, where it is rare and odd the second.
 */
export const firstLook = defineQueryStrategy({
  id: 'first-look',
  title: 'First look',
  summary: 'Half typical of all parts of the data, half unusual: what a loop without labels begins with.',
  params: batchParams,
  offeredBy: ['active-learning', 'rare-categories'],
  needs: { answers: 'none', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch }, limit, context) {
    const { candidates, ids } = state;
    const wanted = Math.min(batch, limit, candidates.length);
    const typical = typicalQueries(state, Math.ceil(wanted / 2));
    context.publish({ kind: 'typical', queries: typical, notes: [] });
    const asked = new Set(typical.map(({ row }) => row));
    const others = candidates.filter((row) => !asked.has(row));
    const scores = await feedbackScores(state, rate, context);
    const rows = lowest(
      others,
      scores.map((score) => -score),
      wanted - typical.length,
      ids,
    );
    if (rows.length === 0) return;
    context.publish({
      kind: 'anomalous',
      queries: Array.from(rows, (row) => ({
        row,
        reason: 'unusual: few questions tell it from all others',
        value: scores[row],
        suggestion: null,
      })),
      notes: [],
    });
  },
});
