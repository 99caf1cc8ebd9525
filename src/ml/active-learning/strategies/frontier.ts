import { defineParams } from '../../params.js';
import { batchParams } from '../batch-param.js';
import { CategoryDensities } from '../category-densities.js';
import { logSpace } from '../log-space.js';
import { lowest } from '../lowest.js';
import { mainModelOf } from '../main-model.js';
import { oddMembers } from '../odd-members.js';
import { defineQueryStrategy, type LabellingState } from '../strategy.js';

const params = defineParams({
  ...batchParams,
  border: { type: 'number', default: 0.25, min: 0, max: 1, help: 'share of the queries at the border of the model' },
});

/**
 * Our own: a share of the queries at the border of the model, which sharpens it; with all others the frontier of what is
 * known is moved out. These are the farthest from every answered instance and from each other, the odder among all
 * instances the sooner (`oddMembers`: farthest-first traversal weighted by rank in unlikeliness), on the scale of
 * `logSpace`. ILAB seeks the new within the families that are known, and shares its queries out over them; here no
 * family has a share, so that nothing is spent on well-known ones, and what is wrongly sorted into one is not hidden.
 */
export const frontier = defineQueryStrategy({
  id: 'frontier',
  title: 'Frontier',
  summary: 'The border of the model, and what is farthest from all that was answered: new families, and a sharp model.',
  params,
  offeredBy: ['active-learning'],
  needs: { answers: 'both-labels', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch, border }, limit, context) {
    const { candidates, ids } = state;
    const wanted = Math.min(batch, limit, candidates.length);
    const { probability } = await mainModelOf(context);
    const between = lowest(
      candidates,
      probability.map((p) => Math.abs(p - 0.5)),
      Math.round(border * wanted),
      ids,
    );
    if (between.length > 0) {
      context.publish({
        kind: 'uncertain',
        queries: Array.from(between, (row) => ({
          row,
          reason: `the model is undecided: ${probability[row].toFixed(2)} malicious`,
          value: probability[row],
          suggestion: null,
        })),
        notes: [],
      });
    }
    const asked = new Set(between);
    const left = candidates.filter((row) => !asked.has(row));
    const far = farthest(state, left, between, wanted - between.length);
    if (far.length === 0) return;
    context.publish({
      kind: 'farthest',
      queries: far.map(({ row, logDensity }) => ({
        row,
        reason: 'unlike all that was answered',
        value: logDensity,
        suggestion: null,
      })),
      notes: [],
    });
  },
});

/** `count` of the rows `left`, far from the answered rows, from those `asked`, and from each other. */
function farthest(
  { X, ids, label }: LabellingState,
  left: Uint32Array,
  asked: Uint32Array,
  count: number,
): { row: number; logDensity: number }[] {
  if (count === 0) return [];
  const space = logSpace(X);
  const densities = new CategoryDensities(space, Uint32Array.from(ids.keys()), new Uint32Array(X.rows), 1);
  const members = {
    rows: Array.from(left),
    likelihood: Array.from(left, (row) => densities.logDensity(row, 0)),
    ids: Array.from(left, (row) => ids[row]),
  };
  const answered = Array.from(label.keys()).filter((row) => label[row] !== -1);
  return oddMembers(space, members, [...answered, ...asked], count, 'unlikeliest-first').map((member) => ({
    row: members.rows[member],
    logDensity: members.likelihood[member],
  }));
}
