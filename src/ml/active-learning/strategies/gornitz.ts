import { defaultSssvddParams } from '../../anomaly/sssvdd.js';
import { nearestRows } from '../../neighbours/nearest-rows.js';
import { defineParams } from '../../params.js';
import { fitSphere } from '../../tasks/fit-sphere.js';
import { batchParams } from '../batch-param.js';
import { logSpace } from '../log-space.js';
import { lowest } from '../lowest.js';
import { defineQueryStrategy, type LabellingState, type StrategyContext } from '../strategy.js';

const params = defineParams({
  ...batchParams,
  nNeighbors: {
    type: 'number',
    default: 10,
    min: 1,
    max: 1000,
    integer: true,
    help: 'nearest instances that an answer speaks for',
  },
  delta: { type: 'number', default: 0.5, min: 0, max: 1, help: 'weight of the border; the rest is for the neighbours' },
  nuU: { type: 'number', default: defaultSssvddParams.nuU, min: 2, help: 'weight of what is not answered' },
  nuL: { type: 'number', default: defaultSssvddParams.nuL, min: 1, help: 'weight of the answers' },
  kappa: {
    type: 'number',
    default: defaultSssvddParams.kappa,
    min: 0,
    max: 1,
    open: true,
    help: 'worth of a wide margin between benign and malicious',
  },
});

/**
 * Active learning of Görnitz, Kloft, Rieck and Brefeld ("Active learning for network intrusion detection", AISec 2009;
 * "Toward supervised anomaly detection", JAIR 46, 2013): instances near the border of a sphere around the usual (SSSVDD),
 * and among the neighbours of what was answered malicious. The value is δ·|s| / max|s| + (1 − δ)·Σ a·(y + 1) / 2k, with
 * y = -1 for an answer malicious, 1 for benign, and a = 1 where the instance is among the k nearest of the answered; the
 * lowest are asked. As in the paper, the answers speak for their neighbours (the original SecuML took the neighbours
 * of each candidate, which needs those of all rows); those without an answer are neutral. Distances are those of
 * `logSpace`, for both parts. O(n·d) for the sphere's steps and for each new answer.
 */
export const gornitz = defineQueryStrategy({
  id: 'gornitz',
  title: 'Görnitz',
  summary: 'Near the border of what is usual, and next to what was found malicious; one label is enough to begin.',
  params,
  offeredBy: ['active-learning'],
  needs: { answers: 'one-label', model: 'own' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch, nNeighbors, delta, ...sphere }, limit, context) {
    const notes: string[] = [];
    const [fitted, benign] = [await border(state, sphere, context), await benignShare(state, nNeighbors, context)];
    notes.push(...fitted.warnings);
    const values = fitted.score.map((score, row) => delta * score + (1 - delta) * benign[row]);
    const rows = lowest(state.candidates, values, Math.min(batch, limit), state.ids);
    context.publish({
      kind: 'border',
      queries: Array.from(rows, (row) => ({
        row,
        reason:
          benign[row] < 0.5 ? 'near what was answered malicious, or near the border' : 'near the border of the usual',
        value: values[row],
        suggestion: null,
      })),
      notes,
    });
  },
});

/** Distance from the sphere's border, as a share of the largest. */
async function border(
  { X, label }: LabellingState,
  { nuU, nuL, kappa }: { nuU: number; nuL: number; kappa: number },
  { executor, signal }: StrategyContext,
): Promise<{ score: Float64Array; warnings: readonly string[] }> {
  const session = executor.open({ X: logSpace(X), label });
  try {
    const [{ score, warnings }] = await session.map(fitSphere, [{ nuU, nuL, kappa }], { signal });
    const most = score.reduce((a, s) => Math.max(a, Math.abs(s)), 0);
    return { score: score.map((s) => (most > 0 ? Math.abs(s) / most : 0)), warnings };
  } finally {
    await session.close();
  }
}

/**
 * ½ where no answer speaks for a row; each answer that the row is among the k nearest of counts 1 / 2k up (benign) or
 * down (malicious), within 0 and 1.
 */
async function benignShare({ X, label }: LabellingState, k: number, context: StrategyContext): Promise<Float64Array> {
  const answered = Array.from(label.keys()).filter((row) => label[row] !== -1);
  const near = await nearestRows(logSpace(X), answered, k, context);
  const sums = new Float64Array(X.rows);
  answered.forEach((row, i) => {
    for (const neighbour of near[i]) sums[neighbour] += label[row] === 1 ? -1 : 1;
  });
  return sums.map((sum) => Math.min(1, Math.max(0, (1 + sum / k) / 2)));
}
