// `secuml serve` over HTTP: how long a warm server takes for home, an experiment, and any sort, filter and count of
// ROWS predictions (1,000,000). Run as: node --import tsx bench/serve-rows.mjs [ROWS]. Needs npm run build.
// The predictions are written by the program's own writer. Prints a Markdown table: median and worst of 15 requests,
// each with another threshold, bound or text, so that no answer is a kept one; and the CPU time a request took of the
// server's process (Linux), which does not depend on what else the machine does. Last, the longest time that the thread
// which speaks HTTP was kept from its event loop: on a busy machine also by others, so the idle server comes first.
import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { randomStream } from '../src/ml/random/stream.ts';
import { openWorkspace } from '../src/workspace/workspace.ts';
import { exampleConfiguration, exampleResult, exampleStart } from '../test/workspace/example-result.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const repeats = 15;
const program = resolve(import.meta.dirname, '../dist/secuml.js');
const folder = mkdtempSync(join(tmpdir(), 'secuml-serve-bench-'));
const outputDir = join(folder, 'output_data');

/** Predictions of a model that separates well; texts as long as those of a proxy's log. */
function predictions() {
  const stream = randomStream(1, 'serve bench');
  const label = new Int32Array(rows);
  const family = new Int32Array(rows);
  const score = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    label[i] = stream.float() < 0.1 ? 1 : 0;
    family[i] = label[i] === 1 ? stream.below(100) : 100;
    score[i] = stream.normal() * 2 + (label[i] === 1 ? 2 : -2);
  }
  const order = Uint32Array.from(score.keys()).sort((a, b) => score[b] - score[a]);
  const rank = new Uint32Array(rows);
  order.forEach((row, place) => {
    rank[row] = place + 1;
  });
  const index = Array.from({ length: rows }, (_, i) => i);
  return {
    rows,
    instanceId: index.map(String),
    ident: index.map((i) => `host-${(i * 7919) % 65_521}.example.org/path/${i.toString(36)}`),
    part: { names: ['train', 'test'], codes: Int32Array.from(index, (i) => (i % 10 === 0 ? 0 : 1)) },
    fold: new Int32Array(rows).fill(-1),
    label: { names: ['benign', 'malicious'], codes: label },
    family: { names: [...Array.from({ length: 100 }, (_, k) => `family ${k}`), 'clean'], codes: family },
    probability: score.map((value) => 1 / (1 + Math.exp(-value))),
    score,
    predicted: { names: ['benign', 'malicious'], codes: Int32Array.from(score, (value) => (value > 0 ? 1 : 0)) },
    rank,
  };
}

async function save() {
  const store = { kind: 'sqlite', file: join(outputDir, 'secuml.db') };
  const workspace = await openWorkspace({ ...exampleConfiguration(outputDir, store), dbRows: 'none' });
  const running = await workspace.begin(exampleStart);
  const { document } = await running.finish(exampleResult(predictions()));
  await workspace.close();
  return document.run.id;
}

async function main() {
  const id = await save();
  const monitor = ['--import', new URL('./loop-delay.mjs', import.meta.url).href];
  const server = spawn(process.execPath, [...monitor, program, 'serve', '--port', '0', '--output-dir', outputDir], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    const url = await new Promise((done) => createInterface(server.stdout).once('line', done));
    const signedIn = await fetch(url, { redirect: 'manual' });
    const cookie = signedIn.headers.getSetCookie()[0].split(';')[0];
    const base = new URL('/', url).href;
    // Clock ticks are 10 ms: good for sums over several requests.
    const cpu = () => {
      const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    };
    const get = async (path) => {
      const start = performance.now();
      const answer = await fetch(base + path, { headers: { cookie, 'accept-encoding': 'gzip' } });
      const size = (await answer.arrayBuffer()).byteLength;
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      return { milliseconds: performance.now() - start, size };
    };
    const loopDelay = async () => {
      server.send('tell');
      const [milliseconds] = await event(server, 'message');
      return milliseconds.toFixed(0);
    };
    const experiment = `api/experiments/${id}`;
    const first = await get(`${experiment}/rows?limit=100`);
    console.log(`${rows} predictions; first page of a cold server: ${first.milliseconds.toFixed(0)} ms\n`);
    console.log('| request | median ms | worst ms | CPU ms | loop ms |\n|---|---|---|---|---|');
    const measure = async (name, path) => {
      const times = [];
      await loopDelay();
      const before = cpu();
      for (let k = 0; k < repeats; k++) times.push((await get(path(k))).milliseconds);
      times.sort((a, b) => a - b);
      console.log(
        `| ${name} | ${times[repeats >> 1].toFixed(1)} | ${times[repeats - 1].toFixed(1)} | ${((cpu() - before) / repeats).toFixed(0)} | ${await loopDelay()} |`,
      );
    };
    const once = async (name, path) => {
      await loopDelay();
      const before = cpu();
      const { milliseconds } = await get(path);
      console.log(`| ${name} | ${milliseconds.toFixed(1)} | | ${cpu() - before} | ${await loopDelay()} |`);
    };
    // A warm server: it has sorted ahead.
    await new Promise((done) => setTimeout(done, 5000));
    await loopDelay();
    await new Promise((done) => setTimeout(done, 3000));
    console.log(`| nothing, for 3 s | | | | ${await loopDelay()} |`);
    await measure('the page (index.html)', () => '');
    await measure('home', () => 'api/home');
    await measure('an experiment', () => experiment);
    const page = (query) => `${experiment}/rows?limit=100&${query}`;
    for (const sort of ['rank', 'probability', 'score']) {
      for (const direction of ['ascending', 'descending']) {
        await once(`sort by ${sort}, ${direction}, first time`, page(`sort=${sort}&direction=${direction}`));
      }
    }
    for (const sort of ['ident', 'instanceId', 'family']) {
      await once(`sort by ${sort}, first time`, page(`sort=${sort}`));
    }
    await measure('page 5,000 of a known order', (k) => page(`sort=score&offset=${500_000 + k}`));
    await measure('false positives above a threshold, by score', (k) =>
      page(`sort=score&direction=descending&outcome=false-positive&threshold=${0.2 + k / 50}`),
    );
    await measure('part, label and family, by probability', (k) =>
      page(`sort=probability&part=test&label=malicious&family=${encodeURIComponent(`family ${k}`)}`),
    );
    await measure('bin of the histogram', (k) => page(`minimum=${k / 20}&maximum=${(k + 1) / 20}`));
    await measure(
      'count of errors at a threshold',
      (k) => `${experiment}/rows/count?outcome=error&threshold=${k / 30}`,
    );
    await measure('count of a text', (k) => `${experiment}/rows/count?text=${encodeURIComponent(`/path/a${k}`)}`);
    await once('all as CSV', `${experiment}/download/csv`);
    await once('all as JSON', `${experiment}/download/json`);
    await once('as one HTML file', `${experiment}/download/html`);
  } finally {
    server.kill('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
