// How long a key waits while an iteration is computed: a script answers every question of the first iteration, and then
// goes to and fro between earlier ones until the next questions are there, in a terminal of 80x24 without delay.
// Usage: npm run build && node bench/keys-while-computing.mjs STRATEGY PROJECT DATASET [INPUT_DIR]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [strategy = 'ilab', project = 'SpamHam', dataset = 'spamassassin', inputDir = 'input_data'] =
  process.argv.slice(2);
const output = mkdtempSync(join(tmpdir(), 'secuml-keys-'));
const command = strategy === 'rare-categories' ? 'rare-categories' : 'active-learning';
const batch = strategy === 'ilab' ? ['--uncertain', '10', '--queries', '10'] : ['--batch', '30'];
const answers = 30;
const looks = 60;

const program = [process.execPath, resolve('dist/secuml.js'), command, project, dataset, '--strategy', strategy];
const steps = [
  { see: 'query 1 of 30' },
  { see: 'feature' },
  { pause: 1 },
  ...Array.from({ length: answers }, (_, k) => ({ type: k % 2 === 0 ? 'm' : 'b' })),
  ...Array.from({ length: looks }, (_, k) => ({ type: k % 2 === 0 ? '\u001b[D' : '\u001b[C' })),
  { see: 'iteration 2' },
  { pause: 1 },
  { type: 'q' },
];
const play = {
  command: [...program, ...batch, '--input-dir', resolve(inputDir), '--output-dir', output],
  cwd: process.cwd(),
  columns: 80,
  rows: 24,
  env: { LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', NO_COLOR: null, CI: null },
  steps,
};
try {
  const driver = resolve('test/terminal/labelling/pty-driver.py');
  const { stdout, stderr } = spawnSync('python3', [driver], {
    input: JSON.stringify(play),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (stdout === '') throw new Error(stderr);
  const first = JSON.parse(stdout).delays.map(([delay]) => delay);
  const tell = (what, delays) => {
    const sorted = delays.toSorted((a, b) => a - b);
    const at = (share) => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))])} ms`;
    console.log(`${what}: ${at(0.5)} (median), ${at(0.95)} (95 %), ${at(1)} (slowest)`);
  };
  tell('an answer to the next question', first.slice(0, answers));
  tell('a key while the next iteration is computed', first.slice(answers, answers + looks));
  const loops = join(output, project, dataset, 'loops');
  const [log] = readdirSync(loops).filter((name) => name.endsWith('.jsonl'));
  const events = readFileSync(join(loops, log), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const moment = (of) => (Date.parse(events.find(of)?.at ?? '') - Date.parse(began?.at ?? '')) / 1000;
  const began = events.find(({ type, iteration }) => type === 'iteration' && iteration === 2);
  const queries = moment(({ type, iteration }) => type === 'queries' && iteration === 2);
  const asked = moment(({ type, iteration }) => type === 'asked' && iteration === 2);
  console.log(
    `second iteration: its first questions after ${queries.toFixed(2)} s, all of it after ${asked.toFixed(2)} s`,
  );
} finally {
  rmSync(output, { recursive: true, force: true });
}
