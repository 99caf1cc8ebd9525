import { expect, it } from 'vitest';
import { queryStrategies } from '../../../src/ml/active-learning/registry.js';
import type { AnyQueryStrategyDef, LabellingState, Query } from '../../../src/ml/active-learning/strategy.js';
import { twoLikeliest } from '../../../src/ml/active-learning/two-likeliest.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

/** Rows of one feature, with the family that was answered (negative: none); odd families are malicious. */
function lineOf(rows: readonly (readonly [x: number, family: number])[]): LabellingState {
  const label = Int8Array.from(rows, ([, family]) => (family < 0 ? -1 : family % 2));
  return {
    X: denseMatrix(
      rows.length,
      1,
      Float64Array.from(rows, ([x]) => x),
    ),
    ids: rows.map((_, i) => `id-${i}`),
    label,
    family: Int32Array.from(rows, ([, family]) => Math.max(-1, family)),
    families: ['a', 'b', 'c', 'd'],
    candidates: Uint32Array.from(label.keys()).filter((row) => label[row] === -1),
    iteration: 1,
  };
}

async function ask(strategy: AnyQueryStrategyDef, state: LabellingState, batch: number): Promise<Query[]> {
  const queries: Query[] = [];
  await strategy.select(state, { ...defaultParams(strategy.params), batch }, 1000, {
    seed: 1,
    executor: inlineExecutor,
    mainModel: async () => null,
    publish: (group) => queries.push(...group.queries),
  });
  return queries;
}

it('finds the two likeliest', () => {
  const p = Float64Array.of(9, 0.2, 0.5, 0.3, 9, 0.5, 0.5, 0);
  const { first, margin } = twoLikeliest(p, 1, 3);
  expect(first).toBe(1);
  expect(margin).toBeCloseTo(0.2, 12);
  expect(twoLikeliest(p, 5, 3)).toEqual({ first: 0, margin: 0 });
});

const groups: (readonly [number, number])[] = [
  ...[-8, -8.5, -9, -9.5].map((x) => [x, 0] as const),
  ...[8, 8.5, 9, 9.5].map((x) => [x, 1] as const),
];

it('margin and query-by-committee ask between the families, not within one', async () => {
  const state = lineOf([...groups, [-12, -1], [-7.9, -1], [0.2, -1], [7.9, -1], [12, -1]]);
  for (const strategy of [queryStrategies.margin, queryStrategies['query-by-committee']]) {
    const [{ row, suggestion }] = await ask(strategy, state, 1);
    expect(row).toBe(groups.length + 2);
    expect(suggestion?.confidence).toBe('low');
  }
});

it('diverse asks what is typical of the parts without an answer, large ones first', async () => {
  const around = (centre: number, size: number): (readonly [number, number])[] =>
    Array.from({ length: size }, (_, i) => [centre + (i - (size - 1) / 2) / 100, -1] as const);
  const state = lineOf([[1, 0], ...around(-20, 7), ...around(20, 9), ...around(1, 5)]);
  const rows = (await ask(queryStrategies.diverse, state, 2)).map(({ row }) => row);
  // The middle ones of the nine and of the seven; the five have an answer among them.
  expect(rows).toEqual([1 + 7 + 4, 1 + 3]);
});

it('interleave lets each family name its oddest in turns, and asks the oddest of all without answers', async () => {
  const unknown: (readonly [number, number])[] = [-8.2, -9.2, -10.5, 8.3, 9.1, 6.9].map((x) => [x, -1]);
  const queries = await ask(queryStrategies.interleave, lineOf([...groups, ...unknown]), 2);
  expect(queries.map(({ row }) => row)).toEqual([groups.length + 2, groups.length + 5]);
  const nothing = lineOf([...[1, 1.1, 0.9, 1.2, 0.8].map((x) => [x, -1] as const), [300, -1]]);
  expect((await ask(queryStrategies.interleave, nothing, 1)).map(({ row }) => row)).toEqual([5]);
});

it('first-look asks typical and unusual instances, half and half', async () => {
  const usual = Array.from({ length: 40 }, (_, i) => [i / 40, -1] as const);
  const queries = await ask(queryStrategies['first-look'], lineOf([...usual, [500, -1]]), 4);
  expect(queries.length).toBe(4);
  expect(queries.slice(2).concat(queries.slice(0, 2))).toContainEqual(expect.objectContaining({ row: 40 }));
  expect(queries.filter(({ reason }) => reason.startsWith('typical')).length).toBe(2);
});

it('frontier asks a quarter at the border, the rest far from all answers and from each other', async () => {
  const state = lineOf([...groups, [0.2, -1], [8.1, -1], [8.2, -1], [40, -1], [41, -1], [-60, -1], [-8.1, -1]]);
  const at = groups.length;
  const probability = new Float64Array(state.X.rows).fill(0.9);
  probability[at] = 0.5;
  const asked: [string, number][] = [];
  const { frontier } = queryStrategies;
  await frontier.select(state, { ...defaultParams(frontier.params), batch: 4 }, 3, {
    seed: 1,
    executor: inlineExecutor,
    mainModel: async () => ({ probability, score: probability, fitted: undefined as never }),
    publish: ({ kind, queries }) => asked.push(...queries.map(({ row }): [string, number] => [kind, row])),
  });
  expect(asked).toEqual([
    ['uncertain', at],
    ['farthest', at + 5],
    ['farthest', at + 4],
  ]);
});
