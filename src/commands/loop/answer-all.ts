import type { LoopDriver } from '../../labelling/loop-driver.js';
import { loopSource } from '../../labelling/seat.js';
import type { CancelSignal } from '../../ml/fit-context.js';
import type { GivenLabel } from '../../schema/labelling.js';

/** What is answered for an instance, null for nothing. */
export type Answerer = (instanceId: string) => GivenLabel | null;

/** Waiting for another process, milliseconds. */
const pause = 300;

/**
 * Answers a loop's queries without asking anybody, iteration by iteration, until it ends or an iteration gets no answer
 * at all. Queries without an answer are skipped. Without an answerer only the queries are computed.
 * @param tell told, in a sentence, what was left without an answer
 */
export async function answerAll(
  driver: LoopDriver,
  answerer: Answerer | null,
  signal: CancelSignal,
  tell: (note: string) => void = () => undefined,
): Promise<void> {
  const { labels, stored, author } = driver.parts;
  while (!signal.cancelled) {
    await driver.advance();
    const { phase, id, project, dataset, labelSet: set, budget, iteration } = driver.view;
    if (phase === 'finished') return;
    if (phase === 'elsewhere') {
      await new Promise((resolve) => setTimeout(resolve, pause));
      continue;
    }
    if (!answerer) return;
    const open = driver.openQueries();
    const given = open.flatMap((query) => {
      const answer = answerer(query.instanceId);
      return answer ? [{ query, answer }] : [];
    });
    if (given.length === 0) {
      tell(`iteration ${iteration}: none of its queries has an answer: they wait, and the loop can be gone on with`);
      return;
    }
    const kept = given.slice(0, budget.left);
    await labels.append(
      { project, dataset, set },
      kept.map(({ query, answer }) => ({
        instanceId: query.instanceId,
        ident: query.ident,
        ...answer,
        author,
        source: loopSource(id),
        iteration: query.iteration,
      })),
    );
    const answered = new Set(kept.map(({ query }) => query.n));
    const rest = open.filter(({ n }) => !answered.has(n));
    if (rest.length > 0) {
      tell(`iteration ${iteration}: ${rest.length} of ${open.length} queries without an answer are skipped`);
      const at = new Date().toISOString();
      await stored.append(() => rest.map(({ n: query }) => ({ type: 'pass', at, author, query, how: 'skipped' })));
    }
  }
}
