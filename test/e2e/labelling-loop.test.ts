import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../io/temporary-dataset.js';
import { secuml, smallDataset, startSecuml, writeFiles } from './run-program.js';

/** Labelling loops as a user runs them, without a terminal. */

function workspace(rows = 200) {
  const folder = temporaryFolder();
  const [input, output] = [join(folder, 'input_data'), join(folder, 'output')];
  writeFiles(folder, smallDataset('P', 'D', rows));
  const run = (...args: string[]) => secuml([...args, '--input-dir', input, '--output-dir', output]);
  return { folder, input, output, run };
}

const begin = ['active-learning', 'P', 'D', '--init-labels', 'none', '--batch', '10', '--strategy', 'uncertainty'];

const loopEvents = (output: string): Record<string, unknown>[] => {
  const loops = join(output, 'P', 'D', 'loops');
  const [log] = readdirSync(loops).filter((name) => name.endsWith('.jsonl'));
  return readFileSync(join(loops, log), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

const askedIds = (output: string): string[] =>
  loopEvents(output).flatMap(({ queries }) => ((queries ?? []) as { instanceId: string }[]).map((q) => q.instanceId));

describe('a labelling loop', () => {
  it('labels by the true labels until its budget is used up, and says how to go on', () => {
    const { output, run } = workspace();
    const { status, stdout, stderr } = run(...begin, '--auto', '--budget', '40', '--assert', 'labels >= 40');
    expect(status).toBe(0);
    expect(stdout).toContain('40 labels');
    expect(stderr).toContain('until then first-look asks');
    const [, set] = /--labels set:(\S+)/.exec(stderr) ?? [];
    expect(run('classify', 'P', 'D', '--labels', `set:${set}`, '--quiet').status).toBe(0);
    expect(run('classify', 'P', 'D', '--labels', `loop:${set.slice('loop-'.length)}`, '--quiet').status).toBe(0);
    const exported = run('labels', 'export', 'P', 'D', '--label-set', set).stdout;
    expect(exported.trimEnd().split('\n').length).toBe(41);
    expect(run('list').stdout).toContain('active-learning');
    // Nobody is asked twice, nor for what is known.
    const ids = askedIds(output);
    expect(new Set(ids).size).toBe(ids.length);
    // It has ended, and goes on when more answers are allowed; nothing else can be changed.
    const id = set.slice('loop-'.length);
    const again = run('active-learning', '--resume', id, '--auto');
    expect([again.status, again.stdout]).toEqual([0, stdout]);
    const more = run('label', id, '--auto', '--budget', '60', '--export-labels', join(output, 'labels.csv'));
    expect(more.stdout).toContain('60 labels');
    expect(readFileSync(join(output, 'labels.csv'), 'utf8').trimEnd().split('\n').length).toBe(61);
    const other = run('active-learning', '--resume', id, '--auto', '--strategy', 'random');
    expect([other.status, other.stderr]).toEqual([2, expect.stringContaining('--strategy cannot be changed')]);
  }, 60_000);

  it('gives the same queries and the same result with the same seed', () => {
    const results = [1, 2].map((jobs) => {
      const { output, run } = workspace();
      const { stdout } = run(...begin, '--auto', '--budget', '60', '--json', '--jobs', String(jobs));
      const { headline, panels, warnings } = JSON.parse(stdout);
      return JSON.stringify({ headline, panels, warnings, asked: askedIds(output) });
    });
    expect(results[1]).toBe(results[0]);
  }, 60_000);

  it('takes answers from a file, and tells what nobody answered', () => {
    const { folder, run, input } = workspace();
    const truth = readFileSync(join(input, 'P/D/labels/true_labels.csv'), 'utf8').trimEnd().split('\n');
    const some = truth.filter((_, line) => line === 0 || line % 3 !== 0);
    writeFiles(folder, { 'answers.csv': `${some.join('\n')}\n` });
    const { status, stdout, stderr } = run(...begin, '--answers', join(folder, 'answers.csv'), '--budget', '500');
    expect(status).toBe(0);
    const skipped = [...stderr.matchAll(/iteration \d+: (\d+) of \d+ queries without an answer are skipped/g)];
    expect(skipped.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(
      200 - Number(/(\d+) labels/.exec(stdout)?.[1]),
    );
    expect(stderr).toContain('the loop has ended: every instance, or one alike, has been asked or labelled');
    expect(stderr).not.toContain('go on with it');
    expect(stdout).toMatch(/13[0-9] labels/);
    writeFiles(folder, { 'wrong.csv': 'instance_id,label\n1,evil\n' });
    const wrong = run(...begin, '--answers', join(folder, 'wrong.csv'));
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('wrong.csv:2');
  }, 60_000);

  it('stops at an iteration that nobody answers, and says what cannot learn', () => {
    const { folder, run } = workspace();
    writeFiles(folder, { 'none.csv': 'instance_id,label\n' });
    const silent = run(...begin, '--answers', join(folder, 'none.csv'));
    expect(silent.status).toBe(0);
    expect(silent.stderr).toContain('iteration 1: none of its queries has an answer');
    expect(silent.stderr).toContain('10 queries waiting for an answer');
    expect(silent.stderr).toContain('no model can learn from the labels yet: there are none');
  }, 60_000);

  it('computes the queries and stops where nobody is to be asked', () => {
    const { output, run } = workspace();
    expect(run(...begin, '--no-prompt').status).toBe(0);
    expect(askedIds(output).length).toBe(10);
    // Going on asks the same ones.
    const id = String(loopEvents(output)[0].id);
    expect(run('label', id, '--no-prompt').status).toBe(0);
    expect(askedIds(output).length).toBe(10);
    expect(run('label', id, '--auto').status).toBe(0);
    const result = JSON.parse(readFileSync(join(output, 'P', 'D', id, 'result.json'), 'utf8'));
    expect(result.headline.labels).toBeGreaterThan(50);
  }, 60_000);

  it('refuses what cannot work, before any work', () => {
    const { run } = workspace(40);
    for (const [args, words] of [
      [begin, 'there is no terminal'],
      [[...begin, '--auto', '--no-prompt'], 'exclude each other'],
      [['active-learning', 'P', 'D', '--strategy', 'ilabb', '--auto'], 'did you mean "ilab"'],
      [['active-learning', 'P', 'D', '--strategy', 'ilab', '--batch', '5', '--auto'], '--batch is not for'],
      [[...begin, '--auto', '--assert', 'nonsense >= 1'], 'nonsense'],
      [['label', 'latest', '--auto'], 'no labelling loop'],
      [['active-learning', 'P', 'D', '--init-labels', 'absent.csv', '--auto'], 'absent.csv'],
      [[...begin, '--auto', '--labels', 'true_labels.csv'], '--init-labels FILE|none'],
      [[...begin, '--no-prompt', '--label-set', 'truth'], 'cannot be written'],
    ] as const) {
      const { status, stderr } = run(...args);
      expect(stderr, args.join(' ')).toContain(words);
      expect(status, args.join(' ')).toBe(2);
    }
  }, 60_000);

  it('keeps every answer and asks the same queries when it is killed and gone on with', async () => {
    const whole = workspace(1500);
    const args = [...begin, '--auto', '--budget', '200'];
    expect(whole.run(...args).status).toBe(0);
    const expected = askedIds(whole.output);
    const killed = workspace(1500);
    const child = startSecuml([...args, '--input-dir', killed.input, '--output-dir', killed.output]);
    const closed = new Promise((resolve) => child.once('close', resolve));
    // As soon as some queries are out.
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      try {
        if (askedIds(killed.output).length >= 30) break;
      } catch {
        // The log is not there yet.
      }
    }
    child.kill('SIGKILL');
    await closed;
    const answers = (output: string): number => {
      const [log] = readdirSync(join(output, 'P/D/labels')).filter((name) => name.endsWith('.jsonl'));
      return readFileSync(join(output, 'P/D/labels', log), 'utf8').split('\n').length - 1;
    };
    const before = answers(killed.output);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(200);
    expect(killed.run('list').stdout).toContain('interrupted');
    expect(killed.run('label', 'latest', '--auto').status).toBe(0);
    expect(answers(killed.output)).toBe(200);
    expect(askedIds(killed.output)).toEqual(expected);
    expect(killed.run('list').stdout).toContain('done');
  }, 120_000);

  it('is computed by one process and answered by two', async () => {
    const { input, output, run } = workspace(800);
    expect(run(...begin, '--no-prompt', '--budget', '120').status).toBe(0);
    const id = String(loopEvents(output)[0].id);
    const args = ['label', id, '--auto', '--input-dir', input, '--output-dir', output];
    const ends = [0, 1].map(() => {
      const child = startSecuml(args);
      let said = '';
      child.stderr.on('data', (data) => (said += data));
      return new Promise<{ status: number | null; said: string }>((resolve) => {
        child.once('close', (status) => resolve({ status, said }));
      });
    });
    const [first, second] = await Promise.all(ends);
    const ids = askedIds(output);
    expect(new Set(ids).size).toBe(ids.length);
    // One of them has the loop open; the other is told so.
    expect([first.status, second.status].toSorted()).toEqual([0, 2]);
    expect(first.said + second.said).toContain('another process has the experiment open');
  }, 120_000);

  it('is kept where it was left, found by its name, and finished by a guest whose host died', async () => {
    const { output, input, run } = workspace();
    const where = ['--input-dir', input, '--output-dir', output, '--plain'];
    const seated = (args: readonly string[]) => {
      const child = startSecuml([...args, ...where]);
      const said = { text: '' };
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said.text += data));
      const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
      const sees = async (words: string): Promise<void> => {
        while (!said.text.includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      return { child, closed, sees, said };
    };
    const host = seated([...begin, '--name', 'mine']);
    await host.sees('Query 1 of');
    // Whatever comes while an answer is waited for has a line of its own.
    await host.sees('until then first-look asks');
    expect(host.said.text).not.toContain('Answer: uncertainty');
    const guest = seated(['label', 'mine', '--author', 'guest']);
    await guest.sees('Query 1 of');
    host.child.kill('SIGKILL');
    await host.closed;
    expect(run('remove', '--interrupted', '--yes').stderr).toContain('kept: the labelling loop');
    expect(run('show', 'mine').stderr).toContain('every answer is kept; go on with it: secuml label');
    guest.child.stdin.end('m worm\nb\n');
    expect(await guest.closed, guest.said.text).toBe(0);
    expect(guest.said.text).toContain('saved:');
    expect(run('show', 'mine').stdout).toContain('2 labels, 1 malicious and 0 benign families');
  }, 60_000);

  it('is removed with its experiment, its log moved aside with the answers', () => {
    const { output, run } = workspace();
    expect(run(...begin, '--auto', '--budget', '20').status).toBe(0);
    const id = String(loopEvents(output)[0].id);
    const { status, stdout } = run('remove', 'P', '--yes');
    expect(stdout).toContain('removed: 1 experiment, 1 label set');
    expect(status).toBe(0);
    expect(readdirSync(output)).not.toContain('P');
    const [time] = readdirSync(join(output, 'removed'));
    expect(readdirSync(join(output, 'removed', time, 'P', 'D', 'loops'))).toEqual([`${id}.jsonl`]);
    expect(run('label', id, '--auto').status).toBe(2);
  }, 60_000);
});
