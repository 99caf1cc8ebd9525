import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { secuml, smallDataset, startSecuml, writeFiles } from './run-program.js';

/** Processes that label in one loop at once, and are killed in one round. */
const atOnce = 5;
const rows = 4000;

/** An answer whose keeping was acknowledged. */
interface Acknowledged {
  readonly author: string;
  readonly instanceId: string;
  /** Null where somebody else answered it too: what is said then is the other's answer. */
  readonly label: string | null;
}

/** What came of labelling under kills. */
export interface KilledLabelling {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged answers that the log does not have. */
  readonly lost: readonly Acknowledged[];
  /** Who has more answers in the log than they gave. */
  readonly excess: readonly string[];
  /** Instances that the loop asked for more than once. */
  readonly askedTwice: readonly string[];
  /** How the loop is gone on with after the last kill. */
  readonly resumed: { readonly status: number | null; readonly stderr: string };
}

/**
 * Labels in one loop by scripts at the line mode of the built program, five at once, each killed (SIGKILL) at a moment of
 * its own: while they start, compute, write or ask. Looks after each round whether what was acknowledged is in the log.
 */
export async function labelUnderKills(folder: string, kills: number): Promise<KilledLabelling> {
  writeFiles(folder, smallDataset('P', 'D', rows));
  const own = ['--input-dir', join(folder, 'input_data'), '--output-dir', join(folder, 'output')];
  const begin = ['active-learning', 'P', 'D', '--init-labels', 'none', '--strategy', 'uncertainty', '--batch', '12'];
  const begun = secuml([...begin, '--budget', String(rows), '--no-prompt', '--json', '--label-set', 'set', ...own]);
  if (begun.status !== 0) throw new Error(begun.stderr);
  const { id } = JSON.parse(begun.stdout).run as { id: string };
  const linesOf = (path: string): Record<string, unknown>[] => {
    const text = readFileSync(join(folder, 'output/P/D', path), 'utf8');
    // A last line without its end was never acknowledged.
    return text
      .split('\n')
      .slice(0, -1)
      .flatMap((line) => whole(line));
  };
  const acknowledged: Acknowledged[] = [];
  const givenBy = new Map<string, number>();
  let killed = 0;
  for (let round = 0; killed < kills; round++) {
    const processes = Array.from({ length: Math.min(atOnce, kills - killed) }, (_, k) => {
      return labelTillKilled(['label', id, '--plain', ...own], `r${round}p${k}`, round % 2 === 0);
    });
    for (const { author, said, given } of await Promise.all(processes)) {
      acknowledged.push(...acknowledgedIn(said, author));
      givenBy.set(author, given);
    }
    killed += processes.length;
  }
  const events = linesOf('labels/set.jsonl');
  const kept = new Set(
    events.flatMap(({ author, instance_id: of, label }) => [`${author} ${of} ${label}`, `${author} ${of} null`]),
  );
  const given = new Map<string, number>();
  for (const { author } of events) given.set(String(author), (given.get(String(author)) ?? 0) + 1);
  const asked = linesOf(`loops/${id}.jsonl`).flatMap(({ queries }) =>
    ((queries ?? []) as { instanceId: string }[]).map(({ instanceId }) => instanceId),
  );
  return {
    kills: killed,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(({ author, instanceId, label }) => !kept.has(`${author} ${instanceId} ${label}`)),
    excess: [...given].filter(([author, n]) => n > (givenBy.get(author) ?? 0)).map(([author]) => author),
    askedTwice: asked.filter((instance, k) => asked.indexOf(instance) !== k),
    resumed: secuml(['label', id, '--no-prompt', ...own]),
  };
}

/** One script: answers as fast as it is asked, until it is killed. */
async function labelTillKilled(
  args: readonly string[],
  author: string,
  atAnyMoment: boolean,
): Promise<{ author: string; said: string; given: number }> {
  const child = startSecuml([...args, '--author', author]);
  let [said, errors] = ['', ''];
  let answers = 0;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const answering = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      for (const questions = said.match(/^Answer: /gm)?.length ?? 0; answers < questions; answers++) {
        child.stdin.write(answers % 3 === 0 ? 'm\n' : 'b\n');
      }
      if (said.includes(': kept')) resolve();
    });
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('exit', (status) => reject(new Error(`it ended by itself (${status}): ${errors}`)));
  });
  answering.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  if (atAnyMoment) await sleep(2500 * Math.random());
  else {
    await answering;
    await sleep(600 * Math.random());
  }
  child.kill('SIGKILL');
  await closed;
  if (child.signalCode !== 'SIGKILL') throw new Error(`it ended before it was killed: ${errors}`);
  return { author, said, given: answers };
}

/** The answers that the program called kept, each of the instance that it asked for last. */
function acknowledgedIn(said: string, author: string): Acknowledged[] {
  const answers: Acknowledged[] = [];
  let instanceId = '';
  // The last line may be cut: it tells nothing.
  const lines = said.slice(0, said.lastIndexOf('\n') + 1);
  const news =
    /\(id (\d+)\)$|query \d+(?: of iteration \d+)? (malicious|benign): kept$|answered it too .*asked again next$/gm;
  for (const [, asked, label] of lines.matchAll(news)) {
    if (asked !== undefined) instanceId = asked;
    else answers.push({ author, instanceId, label: label ?? null });
  }
  return answers;
}

function whole(line: string): Record<string, unknown>[] {
  try {
    return [JSON.parse(line) as Record<string, unknown>];
  } catch {
    return [];
  }
}
