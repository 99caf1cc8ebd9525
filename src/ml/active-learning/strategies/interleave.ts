import { throwIfCancelled } from '../../fit-context.js';
import { answeredFamilies } from '../answered-families.js';
import { batchParams } from '../batch-param.js';
import { CategoryDensities } from '../category-densities.js';
import { logSpace } from '../log-space.js';
import { lowest } from '../lowest.js';
import { defineQueryStrategy, type LabellingState, type StrategyContext } from '../strategy.js';

/** Passes of classification EM at most; it mostly stands still sooner. */
const passes = 2;

/**
 * Interleave (Pelleg and Moore, "Active learning for anomaly and rare-category detection", NIPS 2004): a Gaussian mixture
 * with a component for each answered family is fitted to all rows, the answered ones held in theirs; then the components
 * take turns in nominating the row of their own that they find least likely. Without answers there is one component.
 * Departures: features are independent within a component (there, dependency trees) and on the scale of `logSpace`; rows
 * belong to one component each (classification EM, Celeux and Govaert 1992), for which a few passes are enough.
 * O(passes · n · families · d).
 */
export const interleave = defineQueryStrategy({
  id: 'interleave',
  title: 'Interleave',
  summary: 'The oddest of each family in turns, by a mixture of all families: what is in the data, from nothing.',
  params: batchParams,
  offeredBy: ['active-learning', 'rare-categories'],
  needs: { answers: 'none', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch }, limit, context) {
    const { candidates, ids } = state;
    const { component, logDensity, components } = mixture(state, context);
    const wanted = Math.min(batch, limit, candidates.length);
    const nominated = Array.from({ length: components }, (_, c) => {
      const own = candidates.filter((row) => component[row] === c);
      return lowest(own, logDensity, wanted, ids);
    });
    const rows: number[] = [];
    for (let round = 0; rows.length < wanted; round++) {
      for (const own of nominated) if (round < own.length && rows.length < wanted) rows.push(own[round]);
    }
    context.publish({
      kind: 'families',
      queries: rows.map((row) => ({
        row,
        reason: 'the oddest that would belong to its family',
        value: logDensity[row],
        suggestion: null,
      })),
      notes: [],
    });
  },
});

interface Mixture {
  readonly components: number;
  /** Length n. */
  readonly component: Uint32Array;
  /** Length n: ln p(row | its component). */
  readonly logDensity: Float64Array;
}

function mixture(state: LabellingState, { signal }: StrategyContext): Mixture {
  const space = logSpace(state.X);
  const families = answeredFamilies(state, null);
  const held = families.flatMap(({ rows }, c) => rows.map((row) => ({ row, c })));
  const all = Uint32Array.from(state.ids.keys());
  const components = Math.max(1, families.length);
  const component = new Uint32Array(space.rows);
  const logDensity = new Float64Array(space.rows);
  for (const { row, c } of held) component[row] = c;
  let densities =
    held.length === 0
      ? new CategoryDensities(space, all, component, 1)
      : new CategoryDensities(
          space,
          Uint32Array.from(held, ({ row }) => row),
          Uint32Array.from(held, ({ c }) => c),
          components,
        );
  for (let pass = 0; ; pass++) {
    throwIfCancelled(signal);
    let moved = 0;
    for (const row of all) {
      const { category, logDensity: own } = densities.likeliest(row);
      if (state.label[row] === -1 && component[row] !== category) {
        component[row] = category;
        moved++;
      }
      logDensity[row] = own;
    }
    if (pass === passes || (moved === 0 && pass > 0)) break;
    densities = new CategoryDensities(space, all, component, components);
  }
  return { components, component, logDensity };
}
