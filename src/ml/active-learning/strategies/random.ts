import { batchParams } from '../batch-param.js';
import { drawByIds } from '../draw.js';
import { defineQueryStrategy } from '../strategy.js';

/** Instances at random: what every other strategy has to beat, and the only one whose answers are a fair sample. */
export const random = defineQueryStrategy({
  id: 'random',
  title: 'Random',
  summary: 'Any instances: slow to find what is rare, but its answers are a fair sample of the data.',
  params: batchParams,
  offeredBy: ['active-learning', 'rare-categories'],
  needs: { answers: 'none', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch }, limit, { seed, publish }) {
    const { candidates, ids, iteration } = state;
    const rows = drawByIds(candidates, ids, Math.min(batch, limit), seed, `random queries ${iteration}`);
    publish({
      kind: 'random',
      queries: Array.from(rows, (row) => ({ row, reason: 'drawn at random', value: 0, suggestion: null })),
      notes: [],
    });
  },
});
