import { defineParams } from '../../params.js';
import { hash32 } from '../../random/stream.js';
import { batchParams } from '../batch-param.js';
import { lowest } from '../lowest.js';
import { mainModelOf } from '../main-model.js';
import { defineQueryStrategy } from '../strategy.js';

const params = defineParams({
  ...batchParams,
  b: { type: 'number', default: 0.1, min: 0, open: true, help: 'larger: more by chance, smaller: more at the border' },
});

/**
 * Instances drawn with chances in proportion to b / (b + |decision value|): mostly near the border, sometimes far from
 * it (Cesa-Bianchi, Gentile and Zaniboni, "Worst-case analysis of selective sampling for linear classification", JMLR 7,
 * 2006). Drawn without replacement by exponential races (Efraimidis and Spirakis 2006), each instance with its own
 * chance.
 */
export const cesaBianchi = defineQueryStrategy({
  id: 'cesa-bianchi',
  title: 'Cesa-Bianchi',
  summary: 'By chance, but more often near the border of the model: uncertainty that is less easily stuck.',
  params,
  offeredBy: ['active-learning'],
  needs: { answers: 'both-labels', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch, b }, limit, context) {
    const { score, probability } = await mainModelOf(context);
    const salt = hash32(`cesa-bianchi ${state.iteration}`, context.seed >>> 0);
    // -ln(u) / weight: the smaller, the sooner drawn.
    const arrival = score.map((value, row) => {
      const u = (hash32(state.ids[row], salt) + 0.5) / 4294967296;
      return (-Math.log(u) * (b + Math.abs(value))) / b;
    });
    const rows = lowest(state.candidates, arrival, Math.min(batch, limit), state.ids);
    context.publish({
      kind: 'uncertain',
      queries: Array.from(rows, (row) => ({
        row,
        reason: `drawn by its nearness to the border: ${probability[row].toFixed(2)}`,
        value: probability[row],
        suggestion: null,
      })),
      notes: [],
    });
  },
});
