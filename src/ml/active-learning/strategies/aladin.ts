import { type AnsweredFamily, answeredFamilies } from '../answered-families.js';
import { batchParams } from '../batch-param.js';
import { CategoryDensities } from '../category-densities.js';
import { familyProbabilities } from '../family-model.js';
import { lowest } from '../lowest.js';
import { defineQueryStrategy, type LabellingState, type Query } from '../strategy.js';

/**
 * ALADIN (Stokes, Platt, Kravis and Shilman, "ALADIN: Active learning of anomalies to detect intrusions", Microsoft
 * Research MSR-TR-2008-24): a logistic regression sorts the candidates into the families, a Gaussian naive Bayes is
 * learned from answers and sorted candidates together. In turns, and family after family, what the first is least sure
 * of and what the second finds least likely is asked. Where a family has nobody left, who has the highest probability
 * of it is asked. A batch no larger than the number of families takes only uncertain ones in even iterations and only
 * unlikely ones in odd ones, as in the original SecuML.
 */
export const aladin = defineQueryStrategy({
  id: 'aladin',
  title: 'ALADIN',
  summary: 'Between families and unlike any of them, in turns: finds what is new where families are many.',
  params: batchParams,
  offeredBy: ['active-learning', 'rare-categories'],
  needs: { answers: 'two-families', model: 'classifier' },
  batchSize: ({ batch }) => batch,
  async select(state, { batch }, limit, context) {
    const families = answeredFamilies(state, null);
    const count = Math.min(batch, limit, state.candidates.length);
    const learned = Uint32Array.from(families.flatMap(({ rows }) => rows));
    const y = Uint32Array.from(families.flatMap(({ rows }, c) => rows.map(() => c)));
    const p = await familyProbabilities(state.X, learned, y, families.length, state.candidates, context);
    const views = { uncertain: uncertainOf(state, p), anomalous: anomalousOf(state, p, { learned, y }) };
    const rows = count <= families.length ? fewer(state, views, count) : inTurns(state, views, { p, families }, count);
    const queries = rows.map(({ row, word }): Query => {
      const value = views[word].value[row];
      const reason = word === 'uncertain' ? `between two families: ${value.toFixed(2)} apart` : 'unlike any family';
      return { row, reason, value, suggestion: null };
    });
    const notes = count < Math.min(batch, limit) ? ['fewer instances are left than a batch has'] : [];
    context.publish({ kind: 'families', queries, notes });
  },
});

/** How one of the models sees the candidates: by row of the state, the lower the sooner asked. */
interface View {
  readonly category: Int32Array;
  readonly value: Float64Array;
}

type Word = 'uncertain' | 'anomalous';
type Views = Readonly<Record<Word, View>>;

interface Asked {
  readonly row: number;
  readonly word: Word;
}

/** The probability of the likeliest family less that of the next. */
function uncertainOf({ candidates, label }: LabellingState, p: Float64Array): View {
  const view = { category: new Int32Array(label.length).fill(-1), value: new Float64Array(label.length) };
  const k = p.length / candidates.length;
  candidates.forEach((row, i) => {
    const shares = p.subarray(i * k, (i + 1) * k);
    let [best, next] = shares[1] > shares[0] ? [1, 0] : [0, 1];
    for (let c = 2; c < k; c++) {
      if (shares[c] > shares[best]) [best, next] = [c, best];
      else if (shares[c] > shares[next]) next = c;
    }
    view.category[row] = best;
    view.value[row] = shares[best] - shares[next];
  });
  return view;
}

/** The log-likelihood under the family that the naive Bayes finds likeliest. */
function anomalousOf(
  { X, candidates, label }: LabellingState,
  p: Float64Array,
  { learned, y }: { learned: Uint32Array; y: Uint32Array },
): View {
  const k = p.length / candidates.length;
  const sorted = Uint32Array.from(candidates, (_, i) => largestAt(p.subarray(i * k, (i + 1) * k)));
  const members = Uint32Array.from([...learned, ...candidates]);
  const densities = new CategoryDensities(X, members, Uint32Array.from([...y, ...sorted]), k);
  const view = { category: new Int32Array(label.length).fill(-1), value: new Float64Array(label.length) };
  for (const row of candidates) {
    const { category, logDensity } = densities.likeliest(row);
    view.category[row] = category;
    view.value[row] = logDensity;
  }
  return view;
}

function fewer({ candidates, ids, iteration }: LabellingState, views: Views, count: number): Asked[] {
  const word = iteration % 2 === 0 ? 'uncertain' : 'anomalous';
  return Array.from(lowest(candidates, views[word].value, count, ids), (row) => ({ row, word }));
}

function inTurns(
  { candidates, ids }: LabellingState,
  views: Views,
  { p, families }: { p: Float64Array; families: readonly AnsweredFamily[] },
  count: number,
): Asked[] {
  const k = families.length;
  const asked = new Map<number, Asked>();
  const queue = (own: Uint32Array, value: { readonly [row: number]: number }): (() => number | undefined) => {
    const order = lowest(own, value, own.length, ids);
    let next = 0;
    return () => {
      while (next < order.length && asked.has(order[next])) next++;
      return order[next];
    };
  };
  const queues = (word: Word): (() => number | undefined)[] =>
    families.map((_, c) =>
      queue(
        candidates.filter((row) => views[word].category[row] === c),
        views[word].value,
      ),
    );
  const tables = { uncertain: queues('uncertain'), anomalous: queues('anomalous') };
  const byShare: (() => number | undefined)[] = [];
  const likeliest = (c: number): number | undefined => {
    byShare[c] ??= queue(candidates, Object.fromEntries(Array.from(candidates, (row, i) => [row, -p[i * k + c]])));
    return byShare[c]();
  };
  for (let turn = 0; asked.size < count; turn++) {
    const word: Word = Math.floor(turn / k) % 2 === 0 ? 'uncertain' : 'anomalous';
    const row = tables[word][turn % k]() ?? likeliest(turn % k);
    if (row === undefined) break;
    asked.set(row, { row, word });
  }
  return [...asked.values()];
}

function largestAt(values: Float64Array): number {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c] > values[best]) best = c;
  return best;
}
