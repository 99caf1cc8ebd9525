import { defaultSssvddParams } from '../../anomaly/sssvdd.js';
import { nearestRows } from '../../neighbours/nearest-rows.js';
import { defineParams } from '../../params.js';
import { fitSphere } from '../../tasks/fit-sphere.js';
import { batchParams } from '../batch-param.js';
import { lowest } from '../lowest.js';
import { defineQueryStrategy, type LabellingState, type StrategyContext } from '../strategy.js';

const params = defineParams({
  ...batchParams,
  nNeighbors: { type: 'number', default: 10, min: 1, max: 1000, integer: true, help: 'neighbours whose answers count' },
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
 * Active learning of Görnitz, Kloft, Rieck and Brefeld ("Active learning for network intrusion detection", AISec 2009,
 * equation 8): instances near the border of a sphere around the usual (SSSVDD), and among neighbours answered malicious.
 * The value is δ·|s| / max|s| + (1 − δ)·Σ(l + 1) / 2m over the instance's m nearest, itself counted, with l = -1 for
 * malicious, 1 for benign, 0 for no answer; the lowest are asked.
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
  const session = executor.open({ X, label });
  try {
    const [{ score, warnings }] = await session.map(fitSphere, [{ nuU, nuL, kappa }], { signal });
    const most = score.reduce((a, s) => Math.max(a, Math.abs(s)), 0);
    return { score: score.map((s) => (most > 0 ? Math.abs(s) / most : 0)), warnings };
  } finally {
    await session.close();
  }
}

/** (mean answer of the nearest + 1) / 2: 1 where all are benign, 0 where all are malicious. */
async function benignShare({ X, label }: LabellingState, k: number, context: StrategyContext): Promise<Float64Array> {
  // One more, for each row is its own neighbour; it has no answer where it matters, and so takes no side.
  const { groupOf, neighbours } = await nearestRows(X, k + 1, context);
  const rows = new Float64Array(neighbours.length);
  const answers = new Float64Array(neighbours.length);
  groupOf.forEach((group, row) => {
    rows[group]++;
    if (label[row] !== -1) answers[group] += label[row] === 1 ? -1 : 1;
  });
  const shares = neighbours.map((near) => {
    let [sum, count] = [0, 0];
    for (const group of near) {
      sum += answers[group];
      count += rows[group];
    }
    return (sum / count + 1) / 2;
  });
  return Float64Array.from(groupOf, (group) => shares[group]);
}
