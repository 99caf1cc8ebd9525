import { batchParams } from '../batch-param.js';
import { lowest } from '../lowest.js';
import { defineQueryStrategy } from '../strategy.js';
import { mainModelOf } from '../main-model.js';

/** The instances whose probability is nearest to 1/2 (Lewis and Gale 1994). */
export const uncertainty = defineQueryStrategy({
  id: 'uncertainty',
  title: 'Uncertainty',
  summary: 'What the model is least sure of: sharpens its border, and overlooks families it has never met.',
  params: batchParams,
  offeredBy: ['active-learning'],
  needs: { answers: 'both-labels', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch }, limit, context) {
    const { probability } = await mainModelOf(context);
    const distance = probability.map((p) => Math.abs(p - 0.5));
    const rows = lowest(state.candidates, distance, Math.min(batch, limit), state.ids);
    context.publish({
      kind: 'uncertain',
      queries: Array.from(rows, (row) => ({
        row,
        reason: `the model is undecided: ${probability[row].toFixed(2)} malicious`,
        value: probability[row],
        suggestion: null,
      })),
      notes: [],
    });
  },
});
