import { defineParams } from '../../params.js';
import { clusterStrategies, wordsOf } from '../cluster-words.js';
import { familyQueries } from '../family-queries.js';
import { lowest } from '../lowest.js';
import { mainModelOf } from '../main-model.js';
import { defineQueryStrategy } from '../strategy.js';

const params = defineParams({
  uncertain: { type: 'number', default: 10, min: 0, integer: true, help: 'queries that the model is unsure of' },
  queries: {
    type: 'number',
    default: 45,
    min: 0,
    integer: true,
    help: 'queries of malicious families, and as many of benign ones',
  },
  clusterStrategy: {
    type: 'choice',
    words: clusterStrategies,
    default: 'center_anomalous',
    help: 'which members of a family: words among center, anomalous, uncertain, random, joined by _',
  },
});

/**
 * ILAB (Beaugnon, Chifflier and Bach, RAID 2017): a few queries at the border of the model, then queries of malicious and
 * of benign families, each on its side of the border. The border is a probability of 1/2.
 */
export const ilab = defineQueryStrategy({
  id: 'ilab',
  title: 'ILAB',
  summary:
    'The border of the model and all families on both sides of it: finds what is new while it learns. The default.',
  params,
  offeredBy: ['active-learning'],
  needs: { answers: 'both-labels', model: 'classifier' },
  batchSize: ({ uncertain, queries }) => uncertain + 2 * queries,
  async select(state, { uncertain, queries, clusterStrategy }, limit, context) {
    const { probability } = await mainModelOf(context);
    let left = limit;
    const border = lowest(
      state.candidates,
      probability.map((p) => Math.abs(p - 0.5)),
      Math.min(uncertain, left),
      state.ids,
    );
    if (uncertain > 0) {
      context.publish({
        kind: 'uncertain',
        queries: Array.from(border, (row) => ({
          row,
          reason: `the model is undecided: ${probability[row].toFixed(2)} malicious`,
          value: probability[row],
          suggestion: null,
        })),
        notes: [],
      });
    }
    left -= border.length;
    const asked = new Set(border);
    for (const [kind, label] of [
      ['malicious', 1],
      ['benign', 0],
    ] as const) {
      const candidates = state.candidates.filter((row) => !asked.has(row) && probability[row] > 0.5 === (label === 1));
      const count = Math.min(queries, left);
      if (count === 0) continue;
      const request = { kind, label, candidates, count, words: wordsOf(clusterStrategy) };
      const group = await familyQueries(state, request, context);
      left -= group.queries.length;
      context.publish(group);
    }
  },
});
