import { answeredFamilies } from '../answered-families.js';
import { batchParams } from '../batch-param.js';
import { familyProbabilities } from '../family-model.js';
import { lowest } from '../lowest.js';
import { defineQueryStrategy } from '../strategy.js';
import { twoLikeliest } from '../two-likeliest.js';

/**
 * The instances whose two likeliest families are nearly as likely (Scheffer, Decomain and Wrobel 2001), by a logistic
 * regression learned from the families of both labels. With two families it is uncertainty sampling.
 */
export const margin = defineQueryStrategy({
  id: 'margin',
  title: 'Margin',
  summary: 'What lies between two families: sharpens all borders, not only that between malicious and benign.',
  params: batchParams,
  offeredBy: ['active-learning', 'rare-categories'],
  needs: { answers: 'two-families', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch }, limit, context) {
    const { candidates, ids, X } = state;
    const families = answeredFamilies(state, null);
    const learned = Uint32Array.from(families.flatMap(({ rows }) => rows));
    const y = Uint32Array.from(families.flatMap(({ rows }, c) => rows.map(() => c)));
    const k = Math.max(2, families.length);
    const probabilities = await familyProbabilities(X, learned, y, k, candidates, context);
    const between = new Float64Array(X.rows);
    const likeliest = new Uint32Array(X.rows);
    candidates.forEach((row, i) => {
      const { first, margin: apart } = twoLikeliest(probabilities, i * k, k);
      between[row] = apart;
      likeliest[row] = first;
    });
    const rows = lowest(candidates, between, Math.min(batch, limit), ids);
    context.publish({
      kind: 'margin',
      queries: Array.from(rows, (row) => {
        const { label, family } = families[Math.min(likeliest[row], families.length - 1)];
        return {
          row,
          reason: `its two likeliest families differ by ${between[row].toFixed(2)} in probability`,
          value: between[row],
          suggestion: { label, family, confidence: 'low' },
        };
      }),
      notes: [],
    });
  },
});
