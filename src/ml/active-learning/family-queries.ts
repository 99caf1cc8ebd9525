import { hash32, randomStream } from '../random/stream.js';
import { type AnsweredFamily, answeredFamilies } from './answered-families.js';
import { CategoryDensities } from './category-densities.js';
import { drawByIds } from './draw.js';
import { familyProbabilities } from './family-model.js';
import { shareBudget } from './share-budget.js';
import type { LabellingState, Query, QueryGroup, StrategyContext, Suggestion } from './strategy.js';

/** Which members of a family are asked: the typical, the odd, those between two families, or any. */
export const memberWords = ['center', 'anomalous', 'uncertain', 'random'] as const;
export type MemberWord = (typeof memberWords)[number];

export interface FamilyRequest {
  /** Of the group that is published. */
  readonly kind: string;
  /** Families of this label only; null for all, and then the same name under two labels is two families. */
  readonly label: 0 | 1 | null;
  /** Rows that may be asked, ascending. */
  readonly candidates: Uint32Array;
  /** Queries wanted. */
  readonly count: number;
  readonly words: readonly MemberWord[];
}

/**
 * Queries of rare category detection (Pelleg and Moore 2004; as ILAB has it, Beaugnon, Chifflier and Bach, "ILAB: an
 * interactive labelling strategy for intrusion detection", RAID 2017): a model learned from the families sorts the
 * candidates into them, the queries are shared out evenly over the families however rare, and in each family the
 * likeliest members (which confirm it, with the family as suggestion), the unlikeliest (which may be of a family nobody
 * knows), or others are asked. Departs from the original in that one family is enough, and families of one answer count:
 * there everything was drawn at random until a second family had two, which on data with a single benign family (normal
 * traffic) it never has. Without any answer candidates are drawn at random, and a note says so.
 */
export async function familyQueries(
  state: LabellingState,
  request: FamilyRequest,
  context: StrategyContext,
): Promise<QueryGroup> {
  const { candidates, count, kind } = request;
  const families = answeredFamilies(state, request.label);
  const wanted = Math.min(count, candidates.length);
  const notes: string[] = [];
  if (wanted < count) notes.push(`${count} ${kind} queries were wanted, there are only ${wanted} instances to ask`);
  if (families.length === 0) {
    notes.push(`the ${kind} queries are drawn at random: no family has an answer yet`);
    return { kind, queries: atRandom(state, request, wanted, context.seed), notes };
  }
  const queries = wanted === 0 ? [] : await byFamily(state, request, families, wanted, context);
  return { kind, queries, notes };
}

function atRandom(state: LabellingState, request: FamilyRequest, count: number, seed: number): Query[] {
  const purpose = `${request.kind} queries ${state.iteration}`;
  const rows = drawByIds(request.candidates, state.ids, count, seed, purpose);
  const suggestion: Suggestion | null =
    request.label === null ? null : { label: request.label, family: -1, confidence: 'low' };
  return Array.from(rows, (row) => ({ row, reason: 'drawn at random', value: 0, suggestion }));
}

async function byFamily(
  state: LabellingState,
  { candidates, words, kind }: FamilyRequest,
  families: readonly AnsweredFamily[],
  wanted: number,
  context: StrategyContext,
): Promise<Query[]> {
  const k = families.length;
  const learned = Uint32Array.from(families.flatMap(({ rows }) => rows));
  const y = Uint32Array.from(families.flatMap(({ rows }, c) => rows.map(() => c)));
  const probabilities =
    k === 1
      ? new Float64Array(candidates.length).fill(1)
      : await familyProbabilities(state.X, learned, y, k, candidates, context);
  const category = new Uint32Array(candidates.length);
  for (let i = 0; i < candidates.length; i++) {
    for (let c = 1; c < k; c++) if (probabilities[i * k + c] > probabilities[i * k + category[i]]) category[i] = c;
  }
  const members = Uint32Array.from([...learned, ...candidates]);
  const densities = new CategoryDensities(state.X, members, Uint32Array.from([...y, ...category]), k);
  const likelihood = Float64Array.from(candidates, (row, i) => densities.logDensity(row, category[i]));
  const places: number[][] = families.map(() => []);
  category.forEach((c, i) => places[c].push(i));
  const stream = randomStream(context.seed, `${kind} shares`, state.iteration);
  const shares = shareBudget(
    places.map(({ length }) => length),
    wanted,
    stream,
  );
  const salt = hash32(`${kind} members ${state.iteration}`, context.seed >>> 0);
  const chance = (i: number): number => hash32(state.ids[candidates[i]], salt);
  const entropy = (i: number): number => entropyOf(probabilities.subarray(i * k, (i + 1) * k));
  const orders: Record<MemberWord, (i: number) => number> = {
    center: (i) => -likelihood[i],
    anomalous: (i) => likelihood[i],
    uncertain: (i) => -entropy(i),
    random: chance,
  };
  return families.flatMap(({ label, family }, c) => {
    const taken = new Set<number>();
    return words.flatMap((word, w) => {
      const even = Math.floor(shares[c] / words.length);
      const share = w === words.length - 1 ? shares[c] - even * (words.length - 1) : even;
      const key = orders[word];
      const left = places[c].filter((i) => !taken.has(i)).map((i) => ({ i, key: key(i) }));
      left.sort((a, b) => a.key - b.key || (state.ids[candidates[a.i]] < state.ids[candidates[b.i]] ? -1 : 1));
      return left.slice(0, share).map(({ i }): Query => {
        taken.add(i);
        const confidence = word === 'center' ? 'high' : 'low';
        return {
          row: candidates[i],
          reason: reasons[word],
          value: word === 'uncertain' ? entropy(i) : likelihood[i],
          suggestion: { label, family, confidence },
        };
      });
    });
  });
}

const reasons: Record<MemberWord, string> = {
  center: 'typical of the family it is suggested for',
  anomalous: 'the oddest that would belong to this family',
  uncertain: 'between several families',
  random: 'drawn at random from the family it is suggested for',
};

function entropyOf(shares: Float64Array): number {
  let sum = 0;
  for (const p of shares) if (p > 0) sum -= p * Math.log(p);
  return sum;
}
