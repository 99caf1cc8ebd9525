import { afterAll, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.js';
import { coldStartStrategy, queryStrategies } from '../../src/ml/active-learning/registry.js';
import type {
  AnyQueryStrategyDef,
  LabellingState,
  MainModel,
  QueryGroup,
} from '../../src/ml/active-learning/strategy.js';
import { classifiers } from '../../src/ml/classifiers/registry.js';
import type { Executor } from '../../src/ml/fit-context.js';
import { denseMatrix, type FeatureMatrix, selectRows, toSparse } from '../../src/ml/matrix/feature-matrix.js';
import { defaultParams, type Params, type ParamValue, parseParams } from '../../src/ml/params.js';
import { randomStream, shuffle } from '../../src/ml/random/stream.js';
import { inlineExecutor } from '../../src/parallel/inline-executor.js';
import { threadExecutor } from '../../src/parallel/thread-executor.js';

/** What every query strategy of the registry must do. A new one is tested by its line there. */

const threads = threadExecutor(2);
afterAll(() => threads.close());

interface Pool {
  readonly state: LabellingState;
  readonly main: MainModel | null;
}

const familyNames = ['botnet', 'mail', 'web', 'worm'];

/** Four families of two labels around corners of a square, `labelled` of each known. */
async function makePool(rows: number, labelled: number, only?: string): Promise<Pool> {
  const stream = randomStream(3, 'strategies');
  const X = denseMatrix(rows, 5);
  const label = new Int8Array(rows).fill(-1);
  const family = new Int32Array(rows).fill(-1);
  for (let i = 0; i < rows; i++) {
    const k = i % 4;
    X.values.set(
      [4 * (k & 1) + stream.normal(), 4 * (k >> 1) + stream.normal(), stream.normal(), stream.below(3), 7],
      5 * i,
    );
    const known = Math.floor(i / 4) < labelled && (only === undefined || familyNames[k] === only);
    if (!known) continue;
    label[i] = familyNames[k] === 'mail' || familyNames[k] === 'web' ? 0 : 1;
    family[i] = k;
  }
  const state: LabellingState = {
    X,
    ids: Array.from({ length: rows }, (_, i) => `id-${i}`),
    label,
    family,
    families: familyNames,
    candidates: Uint32Array.from(label.keys()).filter((row) => label[row] === -1),
    iteration: 2,
  };
  return { state, main: await mainModel(state) };
}

async function mainModel({ X, label }: LabellingState): Promise<MainModel | null> {
  const known = Uint32Array.from(label.keys()).filter((row) => label[row] !== -1);
  const y = Uint32Array.from(known, (row) => label[row]);
  if (!y.includes(0) || !y.includes(1)) return null;
  const model = classifiers['logistic-regression'];
  const fitted = await model.fit({ X: selectRows(X, known), y, classCount: 2 }, defaultParams(model.params), {
    seed: 1,
    executor: inlineExecutor,
  });
  const { probabilities, scores } = fitted.predict(X);
  return {
    fitted,
    probability: Float64Array.from({ length: X.rows }, (_, row) => probabilities?.[2 * row + 1] ?? Number.NaN),
    score: scores ?? new Float64Array(X.rows),
  };
}

async function ask(
  strategy: AnyQueryStrategyDef,
  { state, main }: Pool,
  limit = 1000,
  seed = 5,
  params: Params = defaultParams(strategy.params),
  executor: Executor = inlineExecutor,
): Promise<QueryGroup[]> {
  const groups: QueryGroup[] = [];
  await strategy.select(state, params, limit, {
    seed,
    executor,
    mainModel: async () => main,
    publish: (group) => groups.push(group),
  });
  return groups;
}

const rowsOf = (groups: readonly QueryGroup[]): number[] =>
  groups.flatMap(({ queries }) => queries.map(({ row }) => row));

/** Smaller batches than the pool, so that there is a choice. */
function smallBatch(strategy: AnyQueryStrategyDef): Params {
  const small: Params = { batch: 12, uncertain: 4, queries: 6 };
  const defaults = defaultParams(strategy.params);
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, small[name] ?? value]));
}

function expectSound(groups: readonly QueryGroup[], { state }: Pool): void {
  const candidates = new Set(state.candidates);
  const rows = rowsOf(groups);
  expect(new Set(rows).size).toBe(rows.length);
  for (const { kind, queries, notes } of groups) {
    expect(kind).toMatch(/^[a-z][a-z-]*$/);
    // As warnings are written: a sentence that others can be put before, without its full stop.
    for (const note of notes) expect(note).toMatch(/^\S+( \S+){3,}[^.\s]$/);
    for (const { row, reason, value, suggestion } of queries) {
      expect(candidates.has(row)).toBe(true);
      expect(reason.length).toBeGreaterThan(5);
      expect(reason.length).toBeLessThanOrEqual(60);
      expect(Number.isFinite(value)).toBe(true);
      if (suggestion) {
        expect([0, 1]).toContain(suggestion.label);
        expect(suggestion.family).toBeGreaterThanOrEqual(-1);
        expect(suggestion.family).toBeLessThan(state.families.length);
      }
    }
  }
}

for (const [key, strategy] of Object.entries<AnyQueryStrategyDef>(queryStrategies)) {
  describe(key, () => {
    it('has the id it is registered under, and speaks of itself', () => {
      expect(strategy.id).toBe(key);
      expect(strategy.title).not.toBe('');
      expect(strategy.summary).toMatch(/\.$/);
      expect(strategy.offeredBy.length).toBeGreaterThan(0);
      for (const [name, spec] of Object.entries(strategy.params)) {
        expect(spec.help).not.toBe('');
        const values: readonly ParamValue[] = [spec.default];
        expect(parseParams(strategy.params, [`${name}=${values.join()}`], key).get(name)).toEqual(values);
      }
    });

    it('asks distinct candidates, as many as a batch', async () => {
      const pool = await makePool(200, 8);
      const params = smallBatch(strategy);
      const groups = await ask(strategy, pool, 1000, 5, params);
      expectSound(groups, pool);
      expect(rowsOf(groups).length).toBe(strategy.batchSize(params));
    });

    it('asks no more than the budget allows', async () => {
      const pool = await makePool(200, 8);
      for (const limit of [1, 7]) {
        const groups = await ask(strategy, pool, limit, 5, smallBatch(strategy));
        expectSound(groups, pool);
        expect(rowsOf(groups).length).toBe(limit);
      }
    });

    it('asks all of a small pool', async () => {
      const pool = await makePool(40, 8);
      const groups = await ask(strategy, pool);
      expectSound(groups, pool);
      const left = { ...pool, state: { ...pool.state, candidates: pool.state.candidates.subarray(0, 1) } };
      expect(rowsOf(await ask(strategy, left))).toEqual([left.state.candidates[0]]);
      expect(rowsOf(groups).length).toBe(pool.state.candidates.length);
    });

    it('asks the same with the same seed, whatever the order of the rows', async () => {
      const pool = await makePool(160, 6);
      const params = smallBatch(strategy);
      const asked = async (of: Pool): Promise<string[]> =>
        rowsOf(await ask(strategy, of, 1000, 5, params)).map((row) => of.state.ids[row]);
      const once = await asked(pool);
      expect(await asked(pool)).toEqual(once);
      const order = Uint32Array.from(pool.state.ids.keys());
      shuffle(order, randomStream(9, 'order'));
      const pick = <T>(list: ArrayLike<T>): T[] => Array.from(order, (row) => list[row]);
      const label = Int8Array.from(pick(pool.state.label));
      const state = {
        ...pool.state,
        X: selectRows(pool.state.X, order),
        ids: pick(pool.state.ids),
        label,
        family: Int32Array.from(pick(pool.state.family)),
        candidates: Uint32Array.from(label.keys()).filter((row) => label[row] === -1),
      };
      const other = await asked({ state, main: await mainModel(state) });
      // Sums in another order differ in their last digits, which may change a tie.
      const agreed = other.filter((id) => once.includes(id)).length;
      expect(agreed / once.length).toBeGreaterThanOrEqual(0.8);
    });

    it('asks the same on worker threads', async () => {
      const pool = await makePool(160, 6);
      const params = smallBatch(strategy);
      const inline = await ask(strategy, pool, 1000, 5, params);
      expect(await ask(strategy, pool, 1000, 5, params, threads)).toEqual(inline);
    });

    it('leaves what it is given alone', async () => {
      const pool = await makePool(80, 4);
      const before = structuredClone({ ...pool.state, main: pool.main?.probability });
      await ask(strategy, pool, 1000, 5, smallBatch(strategy));
      expect({ ...pool.state, main: pool.main?.probability }).toEqual(before);
    });

    it('takes sparse features, 1,000 of them and most of them empty', async () => {
      const pool = await makePool(120, 6);
      const narrow = pool.state.X;
      const wide = denseMatrix(narrow.rows, 1000);
      for (let i = 0; i < narrow.rows; i++) {
        wide.values.set(narrow.values.subarray(i * narrow.columns, (i + 1) * narrow.columns), i * 1000 + 500);
        wide.values[i * 1000 + (i % 400)] = 1;
      }
      const X: FeatureMatrix = toSparse(wide);
      const state = { ...pool.state, X };
      const groups = await ask(strategy, { state, main: await mainModel(state) }, 1000, 5, smallBatch(strategy));
      expectSound(groups, pool);
      expect(rowsOf(groups).length).toBe(strategy.batchSize(smallBatch(strategy)));
    });

    it('bears features that are all constant, and rows that are all alike', async () => {
      const pool = await makePool(80, 4);
      const X = denseMatrix(80, 3, new Float64Array(240).fill(2));
      const state = { ...pool.state, X };
      const groups = await ask(strategy, { state, main: await mainModel(state) }, 9, 5, smallBatch(strategy));
      expectSound(groups, pool);
      expect(rowsOf(groups).length).toBeGreaterThan(0);
    });

    it('bears a family under both labels, and answers without a family', async () => {
      const pool = await makePool(80, 4);
      const family = pool.state.family.map((own) => (own === -1 ? -1 : own % 2));
      family.forEach((own, row) => {
        if (own !== -1 && row % 3 === 0) family[row] = -1;
      });
      const groups = await ask(strategy, { ...pool, state: { ...pool.state, family } }, 1000, 5, smallBatch(strategy));
      expectSound(groups, pool);
      expect(rowsOf(groups).length).toBe(strategy.batchSize(smallBatch(strategy)));
    });

    it('finds nobody on one side of the border, and says so or asks the other side', async () => {
      const pool = await makePool(80, 4);
      for (const p of [0, 1]) {
        const main = { ...(pool.main as MainModel), probability: new Float64Array(80).fill(p) };
        const groups = await ask(strategy, { ...pool, main }, 1000, 5, smallBatch(strategy));
        expectSound(groups, pool);
        const missing = strategy.batchSize(smallBatch(strategy)) - rowsOf(groups).length;
        if (missing > 0) expect(groups.some(({ notes }) => notes.length > 0)).toBe(true);
      }
    });

    it('bears answers of one family, and families of one answer', async () => {
      for (const pool of [await makePool(80, 1), await makePool(80, 4, 'worm'), await makePool(80, 0)]) {
        const { needs } = strategy;
        const enough =
          needs.answers === 'none' ||
          (needs.answers === 'one-label' && pool.state.label.some((label) => label !== -1)) ||
          (needs.answers !== 'one-label' && pool.main !== null);
        if (!enough) continue;
        const groups = await ask(strategy, pool, 1000, 5, smallBatch(strategy));
        expectSound(groups, pool);
        expect(rowsOf(groups).length).toBeGreaterThan(0);
      }
    });

    it('stops when it is cancelled, or is done', async () => {
      const { state, main } = await makePool(80, 4);
      const asking = strategy.select(state, smallBatch(strategy), 100, {
        seed: 1,
        executor: inlineExecutor,
        signal: { cancelled: true },
        mainModel: async () => main,
        publish: () => {},
      });
      await asking.catch((error: unknown) => expect(error).toBeInstanceOf(InterruptedError));
    });
  });
}

it('begins with a strategy that needs no answers', () => {
  const first: AnyQueryStrategyDef = queryStrategies[coldStartStrategy];
  expect(first.needs.answers).toBe('none');
  expect(Object.keys(first.params)).toContain('batch');
});
