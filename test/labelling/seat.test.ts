import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoopDriver } from '../../src/labelling/loop-driver.js';
import { Seat } from '../../src/labelling/seat.js';
import { temporaryFolder } from '../io/temporary-dataset.js';
import { ExampleLoop, exampleSettings, logLines, timeless, writeLogs } from './example-loop.js';

/** A loop with a seat for each name, each behind a driver of its own, as in processes of their own. */
async function seated(names: readonly string[], settings = exampleSettings) {
  const output = temporaryFolder();
  const loop = await ExampleLoop.open(output, settings);
  const drivers: LoopDriver[] = [];
  const seats: Seat[] = [];
  for (const name of names) {
    const driver = await loop.driver(name);
    drivers.push(driver);
    seats.push(Seat.take(driver, name));
    await driver.advance();
  }
  const settle = async (): Promise<void> => {
    for (const driver of drivers) await driver.advance();
    for (const driver of drivers) await driver.advance();
  };
  const close = async (): Promise<void> => {
    for (const seat of seats) await seat.close();
    await loop.close();
  };
  return { output, loop, seats, drivers, settle, close };
}

const open = (seat: Seat): number[] => seat.view.queries.filter(({ state }) => state === 'open').map(({ n }) => n);

describe('a seat at a loop', () => {
  it('answers, passes and takes back, as often as wished', async () => {
    const { seats, loop, settle, close, drivers } = await seated(['alice']);
    const [alice] = seats;
    const [first, second, third] = open(alice);
    await alice.answer(first, { label: 'malicious', family: 'worm' }, { seen: 0 });
    await alice.pass(second, 'unsure');
    await alice.answer(third, { label: 'benign', family: null }, { seen: 0 });
    expect(alice.view.queries.map(({ state }) => state).slice(0, 3)).toEqual(['answered', 'unsure', 'answered']);
    // Answering again, too, is one action.
    const { n } = drivers[0].known.events.at(-1) ?? { n: 0 };
    const again = await alice.answer(third, { label: 'malicious', family: null }, { seen: n });
    expect(again.overtook).toBeNull();
    expect(await alice.undo()).toBe(third);
    expect(alice.view.queries[2].answer?.label).toBe('benign');
    expect(await alice.undo()).toBe(third);
    expect(await alice.undo()).toBe(second);
    expect(await alice.undo()).toBe(first);
    expect(await alice.undo()).toBeNull();
    expect(open(alice).length).toBe(6);
    expect(await loop.labels()).toEqual({});
    await settle();
    await close();
  });

  it('asks again for an answer of an earlier iteration that is taken back', async () => {
    const { seats, loop, settle, close } = await seated(['alice']);
    const [alice] = seats;
    for (const { n, instanceId } of alice.view.queries) await alice.answer(n, loop.truthOf(instanceId), { seen: 0 });
    await settle();
    expect(alice.view.iteration).toBe(2);
    const last = await alice.undo();
    expect(last).toBe(6);
    expect(alice.view.queries[0]).toMatchObject({ n: 6, iteration: 1, state: 'open' });
    expect(open(alice)[0]).toBe(6);
    // The rest being answered, the loop waits for it.
    for (const { n, instanceId } of alice.view.queries.slice(1)) {
      await alice.answer(n, loop.truthOf(instanceId), { seen: 0 });
    }
    await settle();
    expect([alice.view.iteration, alice.view.phase]).toEqual([2, 'asking']);
    await alice.pass(6, 'unsure');
    await settle();
    expect(alice.view.iteration).toBe(3);
    await close();
  });

  it('keeps both answers where two people answer at once, and takes back only what still stands', async () => {
    const { seats, settle, close } = await seated(['alice', 'bob']);
    const [alice, bob] = seats;
    const [n] = open(alice);
    await alice.answer(n, { label: 'benign', family: null }, { seen: 0 });
    const reply = await bob.answer(n, { label: 'malicious', family: 'worm' }, { seen: 0 });
    expect(reply.overtook).toMatchObject({ author: 'alice', label: 'benign' });
    await settle();
    expect(alice.view.queries.find((query) => query.n === n)?.answer).toMatchObject({ author: 'bob' });
    // Hers is overwritten: taking it back would take his away.
    expect(await alice.undo()).toBeNull();
    expect(await bob.undo()).toBe(n);
    await settle();
    expect(alice.view.queries.find((query) => query.n === n)?.answer).toMatchObject({ author: 'bob', label: 'benign' });
    // What she said stands again.
    expect(await alice.undo()).toBe(n);
    await settle();
    expect(bob.view.queries.find((query) => query.n === n)?.state).toBe('open');
    await close();
  });

  it('settles instances that are the same, and takes them back together', async () => {
    const { seats, loop, settle, close } = await seated(['alice'], {
      ...exampleSettings,
      strategy: 'random',
      strategyParams: { batch: 54 },
    });
    const [alice] = seats;
    const some = alice.view.queries.find(({ duplicates }) => duplicates > 0);
    if (!some) throw new Error('none is the same as another');
    const { duplicates } = await alice.details(some.n);
    expect(duplicates.length).toBe(1);
    const reply = await alice.answer(some.n, { label: 'malicious', family: 'worm' }, { seen: 0, withDuplicates: true });
    expect(reply.duplicates).toBe(1);
    expect(Object.keys(await loop.labels()).length).toBe(2);
    expect(await alice.undo()).toBe(some.n);
    expect(await loop.labels()).toEqual({});
    await settle();
    await close();
  });

  it('shows the features of an instance, the most unusual first', async () => {
    const { seats, loop, settle, close } = await seated(['alice']);
    const [alice] = seats;
    for (const { n, instanceId } of alice.view.queries) await alice.answer(n, loop.truthOf(instanceId), { seen: 0 });
    await settle();
    const [n] = open(alice);
    const details = await alice.details(n);
    expect(details.featureCount).toBe(3);
    expect(details.features.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c']);
    for (const { value, standings } of details.features) {
      expect(value).not.toBeNull();
      expect(standings[0].group).toBe('all');
    }
    await close();
  });

  it('goes on where the dataset has lost instances that are asked: their queries can be skipped', async () => {
    const { output, seats, close } = await seated(['alice']);
    const before = seats[0].view.queries;
    await close();
    const fewer = await ExampleLoop.open(output, exampleSettings, 20);
    const driver = await fewer.driver('alice');
    await driver.advance();
    const seat = Seat.take(driver, 'alice');
    const isLost = (id: string): boolean => Number(id.slice(1)) >= 20;
    const lost = before.filter(({ instanceId }) => isLost(instanceId));
    const kept = before.filter(({ instanceId }) => !isLost(instanceId));
    expect(lost.length * kept.length).toBeGreaterThan(0);
    for (const { n } of kept) expect((await seat.details(n)).features).toHaveLength(3);
    for (const { n } of lost) await expect(seat.details(n)).rejects.toThrow('no longer has this instance');
    // What is read ahead leaves them out.
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const { n } of lost) await seat.pass(n, 'skipped');
    expect(open(seat)).toEqual(kept.map(({ n }) => n));
    await seat.close();
    await fewer.close();
  });

  it('comes to the same view for everybody, and to queries that can be computed again, whatever is done', async () => {
    const action = fc.record({
      who: fc.nat(1),
      what: fc.constantFrom('answer', 'answer', 'answer', 'answer', 'skip', 'undo', 'next', 'elsewhere'),
      which: fc.nat(5),
      wrong: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 25 }), async (actions) => {
        const { output, loop, seats, settle, close, drivers } = await seated(['alice', 'bob']);
        for (const { who, what, which, wrong } of actions) {
          const seat = seats[who];
          const query = seat.view.queries[which % Math.max(1, seat.view.queries.length)];
          if (what === 'undo') await seat.undo();
          else if (what === 'next') await seat.nextIteration();
          else if (what === 'skip' && query) await seat.pass(query.n, 'skipped');
          else if (what === 'elsewhere') {
            const [id] = [`i${which * 7}`];
            const answer = { instanceId: id, ident: id, ...loop.truthOf(id), author: 'else', source: 'panel' };
            await drivers[0].parts.labels.append({ project: 'P', dataset: 'D', set: 'set' }, [
              { ...answer, iteration: null },
            ]);
          } else if (query) {
            const truth = loop.truthOf(query.instanceId);
            const given = wrong === 0 ? { label: 'benign' as const, family: 'odd' } : truth;
            await seat.answer(query.n, given, { seen: query.answer?.n ?? 0 });
          }
        }
        await settle();
        expect(seats[0].view).toEqual(seats[1].view);
        const { view } = seats[0];
        const standing = await loop.labels();
        expect(view.counts.labels).toBe(Object.keys(standing).length);
        await close();
        const lines = logLines(output);
        const asked = timeless(lines.loop).flatMap(
          (event) => (event as { queries?: { instanceId: string }[] }).queries ?? [],
        );
        const ids = asked.map(({ instanceId }) => instanceId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(await computedAgain(lines)).toEqual(timeless(lines.loop));
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});

/** The log with the last computed iteration computed again, from the logs as they are. */
async function computedAgain(lines: { loop: string[]; labels: string[] }): Promise<unknown[]> {
  const events = timeless(lines.loop) as { type: string; iteration: number }[];
  const asked = events.findLast(({ type }) => type === 'asked');
  if (!asked) return events;
  const computed = events.map(
    ({ type, iteration }) => (type === 'asked' || type === 'queries') && iteration === asked.iteration,
  );
  const output = temporaryFolder();
  const text = (log: readonly string[]): string => log.map((line) => `${line}\n`).join('');
  const kept = lines.loop.filter((_, k) => !computed[k]);
  // What came after it (answers, passes) is put behind it again.
  const place = computed.indexOf(true);
  writeLogs(output, { loop: text(kept.slice(0, place)), labels: text(lines.labels) });
  const loop = await ExampleLoop.open(output);
  const driver = await loop.driver();
  await driver.advance();
  await driver.close();
  await loop.close();
  const again = timeless(logLines(output).loop);
  const made = again.filter((event) => {
    const { type, iteration } = event as { type: string; iteration: number };
    return (type === 'asked' || type === 'queries') && iteration === asked.iteration;
  });
  let next = 0;
  return events.map((event, k) => (computed[k] ? made[next++] : event));
}
