// How smoothly the classification page follows its threshold: 100,000 predictions are made, served and shown in
// Chromium, and the slider is dragged to and fro while the page notes when each frame comes.
// Usage: npm run build && node bench/threshold-drag.mjs [SECONDS] [ROWS]     (CHROMIUM names another browser)
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const [seconds = 5, rows = 100_000] = process.argv.slice(2).map(Number);
const program = resolve(import.meta.dirname, '../dist/secuml.js');
const folder = mkdtempSync(join(tmpdir(), 'secuml-drag-'));
const places = ['--input-dir', join(folder, 'in'), '--output-dir', join(folder, 'out')];

/** Rows of 60 families along five features; half of the families are malicious. */
function writeDataset(name, count) {
  let state = 12_345 + count;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const texts = { 'idents.csv': ['instance_id,ident'], 'features/f.csv': ['instance_id,a,b,c,d,e'] };
  const labels = ['instance_id,label,family'];
  for (let i = 0; i < count; i++) {
    const family = Math.floor(random() ** 2 * 60);
    const shift = family % 2 === 1 ? 0.9 : 0;
    texts['idents.csv'].push(`${i},host-${i}.example/path/${family}`);
    const values = Array.from({ length: 5 }, () => (random() + random() + random() - 1.5 + shift / 5).toFixed(5));
    texts['features/f.csv'].push([i, ...values].join(','));
    labels.push(`${i},${shift > 0 ? 'malicious' : 'benign'},family-${family}`);
  }
  texts['labels/true_labels.csv'] = labels;
  for (const [file, lines] of Object.entries(texts)) {
    const path = join(folder, 'in/Bench', name, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n`);
  }
}

function classify() {
  const args = ['classify', '--project', 'Bench', '--dataset', 'learn', '--validation-dataset', 'judge'];
  const { status, stderr } = spawnSync(process.execPath, [program, ...args, '--no-tuning', '--quiet', ...places], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** The one-time address that `serve` prints. */
function serve() {
  const server = spawn(process.execPath, [program, 'serve', '--port', '0', ...places]);
  const address = new Promise((found, failed) => {
    let text = '';
    const read = (chunk) => {
      text += chunk;
      const match = /https?:\/\/\S+/.exec(text);
      if (match) found(match[0]);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.on('exit', () => failed(new Error(text)));
  });
  return { server, address };
}

async function signIn(page, address) {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  const form = page.locator('form button');
  if ((await form.count()) > 0) await form.first().click();
  await page.waitForLoadState('networkidle');
}

/**
 * Milliseconds between frames while the slider is dragged to and fro: at every frame to another position, which is
 * more than a hand can do.
 */
async function drag(page) {
  const client = await page.context().newCDPSession(page);
  // CPU seconds, which other work on the machine does not stretch.
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await mainThread(client);
  const noted = await page.evaluate(
    (milliseconds) =>
      new Promise((done) => {
        const slider = document.querySelector('.threshold-bar input[type=range]');
        const field = document.querySelector('.slider-field');
        const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
        const last = Number(slider.max);
        const frames = [];
        let moves = 0;
        let shown = field.value;
        const step = (time) => {
          frames.push(time);
          if (field.value !== shown) moves++;
          shown = field.value;
          if (time - frames[0] > milliseconds) return done({ frames, moves });
          setValue.call(slider, String(Math.round(last * (0.5 + 0.45 * Math.sin(frames.length / 40)))));
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          requestAnimationFrame(step);
          return undefined;
        };
        requestAnimationFrame(step);
      }),
    seconds * 1000,
  );
  const after = await mainThread(client);
  const times = noted.frames.slice(1).map((time, i) => time - noted.frames[i]);
  const work = Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - before[name]]));
  return { times, moves: noted.moves, work };
}

/** CPU seconds of the page's main thread, by kind. */
async function mainThread(client) {
  const { metrics } = await client.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return {
    all: of('TaskDuration'),
    script: of('ScriptDuration'),
    style: of('RecalcStyleDuration'),
    layout: of('LayoutDuration'),
  };
}

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];

writeDataset('learn', 4000);
writeDataset('judge', rows);
classify();
const { server, address } = serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signIn(page, await address);
  const { experiments } = await page.evaluate(async () => (await fetch('/api/home')).json());
  await page.goto(new URL(`/experiments/${experiments[0].id}`, page.url()).href);
  await page.locator('.threshold-point').first().waitFor();
  await page.waitForLoadState('networkidle');
  const { times, moves, work } = await drag(page);
  const sorted = [...times].sort((a, b) => a - b);
  const total = times.reduce((sum, time) => sum + time, 0);
  console.log(
    `${rows} predictions, ${times.length} frames in ${(total / 1000).toFixed(1)} s, the threshold moved in ${moves}`,
  );
  console.log(`frames a second: ${((1000 * times.length) / total).toFixed(1)}`);
  console.log(
    `milliseconds a frame: median ${share(sorted, 0.5).toFixed(1)}, 95 % ${share(sorted, 0.95).toFixed(1)}, ` +
      `99 % ${share(sorted, 0.99).toFixed(1)}, most ${sorted[sorted.length - 1].toFixed(1)}`,
  );
  const each = (value) => ((1000 * value) / times.length).toFixed(1);
  console.log(
    `main thread, CPU milliseconds a frame: ${each(work.all)} (script ${each(work.script)}, style ${each(work.style)}, ` +
      `layout ${each(work.layout)})`,
  );
  console.log(`frames later than 25 ms: ${sorted.filter((time) => time > 25).length}`);
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
