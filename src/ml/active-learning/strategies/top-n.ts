import { batchParams } from '../batch-param.js';
import { lowest } from '../lowest.js';
import { mainModelOf } from '../main-model.js';
import { defineQueryStrategy } from '../strategy.js';

/** The instances that look most malicious: the analyst's alerts, from the top. */
export const topN = defineQueryStrategy({
  id: 'top-n',
  title: 'Top N',
  summary: 'What looks most malicious: each answer is also an alert worked off, but little is learned besides.',
  params: batchParams,
  offeredBy: ['active-learning'],
  needs: { answers: 'both-labels', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch }, limit, context) {
    const { score, probability } = await mainModelOf(context);
    const rows = lowest(
      state.candidates,
      score.map((value) => -value),
      Math.min(batch, limit),
      state.ids,
    );
    context.publish({
      kind: 'top',
      queries: Array.from(rows, (row) => ({
        row,
        reason: `among the most malicious: ${probability[row].toFixed(2)}`,
        value: probability[row],
        suggestion: { label: probability[row] > 0.5 ? 1 : 0, family: -1, confidence: 'low' },
      })),
      notes: [],
    });
  },
});
