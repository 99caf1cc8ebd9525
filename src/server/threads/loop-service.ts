import { settingsFromLog } from '../../experiments/labelling/settings.js';
import { type IterationThread, iterationThread } from '../../iteration-thread/iteration-thread.js';
import { loopData, requestOfLoop } from '../../labelling/loop-data.js';
import { LoopDriver } from '../../labelling/loop-driver.js';
import { Seat } from '../../labelling/seat.js';
import { threadExecutor } from '../../parallel/thread-executor.js';
import type {
  LoopAnswered,
  LoopAnswerRequest,
  LoopModel,
  LoopPassRequest,
  LoopStateResponse,
  LoopUndone,
  QueryDetailsResponse,
} from '../../schema/api/loops.js';
import type { RowFilter, RowNeighboursQuery, RowQuery } from '../../schema/api/rows.js';
import type { Configuration } from '../../workspace/configuration.js';
import { labelSource } from '../../workspace/labels/label-source.js';
import { findLoop, StoredLoop } from '../../workspace/loop-store.js';
import type { LoopView } from '../../schema/labelling.js';
import { openDataset } from '../../workspace/dataset/open-dataset.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { LoopModels } from './loop-models.js';
import { LoopResult } from './loop-result.js';

/** A loop that nobody asks for any more is left, milliseconds. */
const idleTime = 15 * 60_000;
/** How long a question for news is held, milliseconds. */
const longestWait = 20_000;
/** Features of an instance that a page is given. */
const shownFeatures = 500;
/** Instances alike that a page is given; how many there are the query says. */
const shownAlike = 200;

interface OpenLoop {
  readonly driver: LoopDriver;
  readonly thread: IterationThread;
  readonly models: LoopModels;
  readonly result: LoopResult;
  readonly seats: Map<string, Seat>;
  /** Who waits for the next change. */
  readonly told: Set<() => void>;
  /** Counts the changes. */
  version: number;
  lastUse: number;
}

/**
 * Labelling loops of the pages: keeps those open that somebody looks at, computes their iterations, writes answers down.
 * A thread of its own: an iteration computed here keeps no other page waiting.
 */
export async function loopService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);
  const executor = threadExecutor(configuration.jobs);
  const loops = new Map<string, Promise<OpenLoop>>();
  const timer = setInterval(() => void closeIdle(), 60_000);
  timer.unref();

  async function open(id: string): Promise<OpenLoop> {
    const start = await findLoop(configuration.outputDir, id);
    const settings = settingsFromLog(start.settings);
    const request = requestOfLoop(start, settings, configuration);
    const opened = await openDataset(request, labelSource(configuration.outputDir));
    const data = await loopData(opened, settings, start);
    const place = { project: start.project, dataset: start.dataset, id: start.id };
    const thread = iterationThread(data, settings, configuration.jobs);
    const driver = await LoopDriver.open({
      stored: new StoredLoop(configuration.outputDir, place),
      labels: workspace.labels,
      data,
      settings,
      executor,
      compute: thread.compute,
      author: null,
      signal: { cancelled: false },
    });
    const models = new LoopModels(driver);
    const told = new Set<() => void>();
    const result = new LoopResult(workspace, configuration, opened, driver, () => {
      loop.version++;
      for (const tell of told) tell();
    });
    const loop: OpenLoop = { driver, thread, models, result, seats: new Map(), told, version: 1, lastUse: Date.now() };
    await result.look();
    driver.onChange(({ phase }) => {
      loop.version++;
      for (const tell of told) tell();
      void newsOf(loop, phase);
    });
    driver.follow();
    void driver.advance().catch(() => undefined);
    return loop;
  }

  /** A loop that has ended gets its result; of one that goes on the result is of yesterday. */
  async function newsOf({ result, driver }: OpenLoop, phase: LoopView['phase']): Promise<void> {
    await result.look();
    const isDue = phase === 'finished' && driver.failed === null && driver.view.finished !== null;
    if (isDue && ['none', 'old'].includes(result.state.state)) await result.write();
  }

  function loopOf(id: string): Promise<OpenLoop> {
    const known =
      loops.get(id) ??
      open(id).catch((error: unknown) => {
        loops.delete(id);
        throw error;
      });
    loops.set(id, known);
    return known.then((loop) => {
      loop.lastUse = Date.now();
      return loop;
    });
  }

  async function seatOf(id: string, author: string | null): Promise<Seat> {
    const { driver, seats } = await loopOf(id);
    const key = author ?? '';
    const seat = seats.get(key) ?? Seat.take(driver, author);
    seats.set(key, seat);
    return seat;
  }

  async function closeIdle(): Promise<void> {
    for (const [id, opening] of loops) {
      const loop = await opening.catch(() => null);
      if (loop && Date.now() - loop.lastUse < idleTime) continue;
      loops.delete(id);
      await loop?.driver.close();
      await loop?.thread.close();
    }
  }

  async function stateOf(id: string, loop: OpenLoop): Promise<LoopStateResponse> {
    const { version, driver, result } = loop;
    const seat = await seatOf(id, null);
    return { version, view: driver.view, families: [...(await seat.families())], result: result.state };
  }

  const rowsOf = async ({ id, iteration }: IterationOfLoop) => (await loopOf(id)).models.rows(iteration);

  return {
    /** Answers at once where something has changed since, else as soon as it does. */
    state: async ({ id, since }: { readonly id: string; readonly since?: number }): Promise<LoopStateResponse> => {
      const loop = await loopOf(id);
      if (since === loop.version) await change(loop);
      return stateOf(id, loop);
    },

    details: async ({ id, query }: { readonly id: string; readonly query: number }): Promise<QueryDetailsResponse> => {
      const { features, events, duplicates, ...rest } = await (await seatOf(id, null)).details(query);
      return {
        ...rest,
        features: features
          .slice(0, shownFeatures)
          .map((feature) => ({ ...feature, standings: [...feature.standings] })),
        events: [...events],
        duplicates: duplicates.slice(0, shownAlike),
      };
    },

    answer: async ({
      id,
      request: { query, given, author, seen, withDuplicates },
    }: {
      readonly id: string;
      readonly request: LoopAnswerRequest;
    }): Promise<LoopAnswered> => (await seatOf(id, author)).answer(query, given, { seen, withDuplicates }),

    pass: async ({
      id,
      request: { query, how, author },
    }: {
      readonly id: string;
      readonly request: LoopPassRequest;
    }): Promise<null> => {
      await (await seatOf(id, author)).pass(query, how);
      return null;
    },

    undo: async ({ id, author }: { readonly id: string; readonly author: string | null }): Promise<LoopUndone> => {
      return { query: await (await seatOf(id, author)).undo() };
    },

    next: async ({ id, author }: { readonly id: string; readonly author: string | null }): Promise<null> => {
      await (await seatOf(id, author)).nextIteration();
      return null;
    },

    /** Writes the loop's result; how far that is, `state` tells. */
    result: async ({ id }: { readonly id: string }): Promise<null> => {
      void (await loopOf(id)).result.write();
      return null;
    },

    model: async ({ id, iteration }: IterationOfLoop): Promise<LoopModel> => (await loopOf(id)).models.model(iteration),

    modelRows: async ({ query, ...place }: IterationOfLoop & { readonly query: RowQuery }) =>
      (await rowsOf(place)).page(query),

    modelCount: async ({ filter, ...place }: IterationOfLoop & { readonly filter: RowFilter }) =>
      (await rowsOf(place)).count(filter),

    modelNeighbours: async ({ query, ...place }: IterationOfLoop & { readonly query: RowNeighboursQuery }) =>
      (await rowsOf(place)).neighbours(query),
  };
}

export type LoopService = Awaited<ReturnType<typeof loopService>>;

interface IterationOfLoop {
  readonly id: string;
  readonly iteration: number;
}

/** Waits for the next change of a loop, not for ever. */
function change({ told }: OpenLoop): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      told.delete(done);
      resolve();
    };
    told.add(done);
    const timer = setTimeout(done, longestWait);
  });
}
