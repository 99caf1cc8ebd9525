import { hash32, randomStream } from '../random/stream.js';
import { type AnsweredFamily, answeredFamilies } from './answered-families.js';
import { CategoryDensities } from './category-densities.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { drawByIds } from './draw.js';
import { familyProbabilities } from './family-model.js';
import { logSpace } from './log-space.js';
import { oddMembers, type Turns } from './odd-members.js';
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
 * knows), or others are asked. Without any answer candidates are drawn at random, and a note says so.
 *
 * Departs from the original in what finds families sooner (measured in docs/active-learning.md):
 * - one family is enough, and families of one answer count. There everything was drawn at random until a second family
 *   had two, which on data with a single benign family (normal traffic) it never has;
 * - densities have real variances, on a scale of logarithms (`logSpace`);
 * - odd members are also taken by how unlike they are to everything asked so far (`oddMembers`): in turns with the
 *   unlikeliest, and all but the first where there is one family only, whose density tells little of its members;
 * - well-known families are confirmed by one typical member a batch, not by half of their share.
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
  if (wanted < count) {
    const there = wanted === 0 ? 'there is no instance' : `there are only ${wanted} instances`;
    notes.push(`${count} ${kind} queries were wanted: ${there} to ask`);
  }
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
  const places: number[][] = families.map(() => []);
  for (let i = 0; i < candidates.length; i++) {
    for (let c = 1; c < k; c++) if (probabilities[i * k + c] > probabilities[i * k + category[i]]) category[i] = c;
    places[category[i]].push(i);
  }
  const space = logSpace(state.X);
  const members = Uint32Array.from([...learned, ...candidates]);
  const densities = new CategoryDensities(space, members, Uint32Array.from([...y, ...category]), k);
  const salt = hash32(`${kind} members ${state.iteration}`, context.seed >>> 0);
  const views: Views = {
    space,
    answered: Array.from(state.label.keys()).filter((row) => state.label[row] !== -1),
    turns: k === 1 ? 'unlikeliest-first' : 'alternately',
    likelihood: Float64Array.from(candidates, (row, i) => densities.logDensity(row, category[i])),
    entropy: Float64Array.from(candidates, (_, i) => entropyOf(probabilities.subarray(i * k, (i + 1) * k))),
    chance: Float64Array.from(candidates, (row) => hash32(state.ids[row], salt)),
  };
  const stream = randomStream(context.seed, `${kind} shares`, state.iteration);
  const sizes = places.map(({ length }) => length);
  const shares = shareBudget(sizes, wanted, stream);
  return families.flatMap(({ label, family, rows }, c) => {
    const left = new Set(places[c]);
    const counts = countsByWord(words, shares[c], rows.length);
    return words.flatMap((word, w) => {
      const chosen = membersBy(word, [...left], counts[w], views, state, candidates);
      return chosen.map((i): Query => {
        left.delete(i);
        return {
          row: candidates[i],
          reason: reasons[word],
          value: word === 'uncertain' ? views.entropy[i] : views.likelihood[i],
          suggestion: { label, family, confidence: word === 'center' ? 'high' : 'low' },
        };
      });
    });
  });
}

/** A family of so many answers is known: of its typical members one a batch keeps it so. */
const wellKnown = 10;

/**
 * How many queries of a family each word has: equal shares, the last with the remainder; but `center` no more than the
 * family lacks answers, for confirming what is known finds nothing.
 */
function countsByWord(words: readonly MemberWord[], share: number, answers: number): number[] {
  const even = Math.floor(share / words.length);
  const most = words.length === 1 ? share : Math.max(1, wellKnown - answers);
  const counts = words.map((word) => (word === 'center' ? Math.min(even, most) : even));
  const spare = share - counts.reduce((sum, count) => sum + count, 0);
  // To the last of the others.
  const last = words.findLastIndex((word) => word !== 'center');
  counts[Math.max(last, 0)] += spare;
  return counts;
}

/** How the candidates are seen, by their index among the candidates. */
interface Views {
  readonly space: FeatureMatrix;
  readonly answered: readonly number[];
  readonly turns: Turns;
  readonly likelihood: Float64Array;
  readonly entropy: Float64Array;
  readonly chance: Float64Array;
}

/** `count` of the candidates `left` by a word, the first to be asked first. */
function membersBy(
  word: MemberWord,
  left: readonly number[],
  count: number,
  views: Views,
  { ids }: LabellingState,
  candidates: Uint32Array,
): number[] {
  const idOf = (i: number): string => ids[candidates[i]];
  if (word === 'anomalous') {
    const members = {
      rows: left.map((i) => candidates[i]),
      likelihood: left.map((i) => views.likelihood[i]),
      ids: left.map(idOf),
    };
    return oddMembers(views.space, members, views.answered, count, views.turns).map((member) => left[member]);
  }
  const orders = {
    center: (i: number): number => -views.likelihood[i],
    uncertain: (i: number): number => -views.entropy[i],
    random: (i: number): number => views.chance[i],
  };
  const key = orders[word];
  return left
    .slice()
    .sort((a, b) => key(a) - key(b) || (idOf(a) < idOf(b) ? -1 : 1))
    .slice(0, count);
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
