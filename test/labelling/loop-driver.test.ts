import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerAll } from '../../src/commands/loop/answer-all.js';
import { LoopDriver } from '../../src/labelling/loop-driver.js';
import { Seat } from '../../src/labelling/seat.js';
import { StoredLoop } from '../../src/workspace/loop-store.js';
import { temporaryFolder } from '../io/temporary-dataset.js';
import { ExampleLoop, exampleSettings, logLines, timeless, writeLogs } from './example-loop.js';

/** A whole loop, answered by the truth; the lines of both logs after each write. */
async function wholeLoop(output: string, settings = exampleSettings) {
  const loop = await ExampleLoop.open(output, settings);
  const parts = loop.parts('truth');
  const moments: { loop: number; labels: number }[] = [];
  const note = (): void => {
    const { loop: own, labels } = logLines(output);
    moments.push({ loop: own.length, labels: labels.length });
  };
  const { stored, labels } = parts;
  const [append, answer] = [stored.append.bind(stored), labels.append.bind(labels)];
  stored.append = async (make) => {
    const done = await append(make);
    note();
    return done;
  };
  labels.append = async (name, answers) => {
    const done = await answer(name, answers);
    note();
    return done;
  };
  const driver = await LoopDriver.open(parts);
  await answerAll(driver, (id) => loop.truthOf(id), { cancelled: false });
  await driver.close();
  const view = driver.view;
  await loop.close();
  return { moments, view, lines: logLines(output) };
}

async function finish(output: string, settings = exampleSettings): Promise<void> {
  const loop = await ExampleLoop.open(output, settings);
  const driver = await loop.driver('truth');
  await answerAll(driver, (id) => loop.truthOf(id), { cancelled: false });
  await driver.close();
  await loop.close();
}

describe('the driver of a loop', () => {
  it('asks as a first look does until both labels are known, then by its strategy, until the budget is used up', async () => {
    const output = temporaryFolder();
    const { view, lines } = await wholeLoop(output);
    expect(view.phase).toBe('finished');
    expect(view.finished).toBe('the budget of 30 answers is used up');
    expect(view.budget).toEqual({ total: 30, left: 0 });
    expect(view.counts.labels).toBe(30);
    expect(view.history.length).toBeGreaterThanOrEqual(5);
    expect(view.history[0].figures['cv.rocAuc']).toBeUndefined();
    expect(view.history.at(-1)?.figures['cv.rocAuc']).toEqual(expect.any(Number));
    expect(view.history.at(-1)?.figures).toHaveProperty('suggestions.labelAccuracy');
    const kinds = timeless(lines.loop).flatMap((event) => (event as { kind?: string; type: string }).kind ?? []);
    expect(new Set(kinds)).toEqual(
      new Set(['active-learning', 'typical', 'anomalous', 'uncertain', 'malicious', 'benign']),
    );
  });

  it('comes to the same when it is killed at any moment, its last line torn or not', async () => {
    const { moments, lines } = await wholeLoop(temporaryFolder());
    expect(moments.length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(fc.nat(moments.length - 1), fc.boolean(), async (k, torn) => {
        const output = temporaryFolder();
        const text = (log: readonly string[], count: number): string => {
          const rest = torn && count < log.length ? log[count].slice(0, 25) : '';
          return (
            log
              .slice(0, count)
              .map((line) => `${line}\n`)
              .join('') + rest
          );
        };
        const { loop, labels } = moments[k];
        writeLogs(output, { loop: text(lines.loop, loop), labels: text(lines.labels, labels) });
        await finish(output);
        const after = logLines(output);
        expect(timeless(after.loop)).toEqual(timeless(lines.loop));
        expect(timeless(after.labels)).toEqual(timeless(lines.labels));
      }),
      { numRuns: 12 },
    );
  });

  it('publishes nothing twice where two compute at once', async () => {
    const alone = await wholeLoop(temporaryFolder());
    const output = temporaryFolder();
    const loop = await ExampleLoop.open(output);
    // Drivers of one process share the lease: the guard is in the log itself.
    const drivers = await Promise.all([1, 2].map(() => loop.driver('truth')));
    await Promise.all(drivers.map((driver) => answerAll(driver, (id) => loop.truthOf(id), { cancelled: false })));
    await Promise.all(drivers.map((driver) => driver.close()));
    await loop.close();
    const asked = (lines: readonly string[]) =>
      timeless(lines).flatMap((event) => (event as { queries?: { instanceId: string }[] }).queries ?? []);
    const twice = asked(logLines(output).loop).map(({ instanceId }) => instanceId);
    expect(new Set(twice).size).toBe(twice.length);
    expect(asked(logLines(output).loop)).toEqual(asked(alone.lines.loop));
  });

  it('asks every instance once, near-duplicates left out, and then has ended', async () => {
    const output = temporaryFolder();
    const { view } = await wholeLoop(output, { ...exampleSettings, budget: 1000 });
    expect(view.finished).toBe('every instance, or one alike, has been asked or labelled');
    // Of 60 instances 6 are the same as another.
    expect(view.counts.labels).toBe(54);
  });

  it('goes on with random queries where there is one class only', async () => {
    const output = temporaryFolder();
    const loop = await ExampleLoop.open(output);
    const driver = await loop.driver();
    await answerAll(driver, () => ({ label: 'benign', family: null }), { cancelled: false });
    expect(driver.view.finished).toBe('the budget of 30 answers is used up');
    expect(driver.view.warnings.join()).toContain('until then');
    expect(driver.view.history.at(-1)?.figures).toEqual({
      'suggestions.labelAccuracy': null,
      'suggestions.familyAccuracy': null,
      'suggestions.high.labelAccuracy': null,
      'suggestions.high.familyAccuracy': null,
    });
    await driver.close();
    await loop.close();
  });

  it('never says that it asks while it has nothing to ask', async () => {
    const loop = await ExampleLoop.open(temporaryFolder());
    const driver = await loop.driver();
    const seen: string[] = [];
    driver.onChange(({ phase, queries, iteration }) => {
      seen.push(`${iteration} ${phase}${phase === 'asking' && queries.length === 0 ? ' nothing' : ''}`);
    });
    await driver.advance();
    const seat = Seat.take(driver, 'alice');
    for (const { n, instanceId } of driver.openQueries()) {
      await seat.answer(n, loop.truthOf(instanceId), { seen: 0 });
    }
    await driver.advance();
    expect(seen).toContain('2 computing');
    expect(seen.at(-1)).toBe('2 asking');
    expect(seen.filter((line) => line.endsWith('nothing'))).toEqual([]);
    await driver.close();
    await loop.close();
  });

  it('tells that a loop does not exist', async () => {
    const loop = await ExampleLoop.open(temporaryFolder());
    const { stored, ...rest } = loop.parts(null);
    const other = new StoredLoop(join(loop.output, 'elsewhere'), stored.place);
    await expect(LoopDriver.open({ ...rest, stored: other })).rejects.toThrow('there is no labelling loop "L"');
    await loop.close();
  });
});
