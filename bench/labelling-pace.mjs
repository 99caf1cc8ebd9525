// How fast a person can label: a script reads each question for a second, answers with one key, and waits for the next,
// in tmux at 80x24 and in Chromium, over iterations that are computed meanwhile.
// Usage: npm run build && node bench/labelling-pace.mjs [ITEMS] [READING_MS] [PROJECT DATASET [INPUT_DIR]]
// (CHROMIUM names another browser)
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const [items = '60', reading = '1000', project = 'SpamHam', dataset = 'spamassassin', inputDir = 'input_data'] =
  process.argv.slice(2);
const program = resolve('dist/secuml.js');
const folder = mkdtempSync(join(tmpdir(), 'secuml-pace-'));
const batch = ['--strategy', 'uncertainty', '--batch', '20', '--budget', '2000'];
const patience = 60_000;

/** Milliseconds from the key to the next question, for each item: read, answered by `press`, awaited by `next`. */
async function label(press, next) {
  const waits = [];
  const began = performance.now();
  for (let item = 0; item < Number(items); item++) {
    await sleep(Number(reading));
    const since = performance.now();
    await press(item % 3 === 0 ? 'm' : 'b');
    await next();
    waits.push(performance.now() - since);
  }
  const minutes = (performance.now() - began) / 60_000;
  return { perMinute: Number(items) / minutes, waits: waits.sort((a, b) => a - b) };
}

function tell(where, { perMinute, waits }) {
  const at = (share) => `${waits[Math.min(waits.length - 1, Math.floor(share * waits.length))].toFixed(0)} ms`;
  console.log(
    `${where}: ${perMinute.toFixed(1)} items a minute; key to next question ${at(0.5)} (median), ${at(0.95)} (95 %), ${at(1)} (slowest)`,
  );
}

const options = (output) => ['--input-dir', resolve(inputDir), '--output-dir', join(folder, output)];

async function inTmux() {
  const socket = `secuml-pace-${process.pid}`;
  const tmux = (...args) => spawnSync('tmux', ['-L', socket, ...args], { encoding: 'utf8' }).stdout;
  const command = [process.execPath, program, 'active-learning', project, dataset, ...batch, ...options('terminal')];
  tmux('new-session', '-d', '-x', '80', '-y', '24', ...command);
  /** What is asked: place, iteration and instance. */
  const asked = () => {
    const screen = tmux('capture-pane', '-p');
    const place = /query (\d+) of \d+\S* · iteration (\d+)/.exec(screen);
    const instance = / {2}id (\S+)/.exec(screen);
    return place && instance ? `${place[2]} ${place[1]} ${instance[1]}` : null;
  };
  try {
    let shown = null;
    const next = async () => {
      const since = performance.now();
      for (let now = asked(); now === null || now === shown; now = asked()) {
        if (performance.now() - since > patience) throw new Error(`no next question:\n${tmux('capture-pane', '-p')}`);
        await sleep(5);
      }
      shown = asked();
    };
    await next();
    return await label(async (key) => void tmux('send-keys', key), next);
  } finally {
    tmux('kill-server');
  }
}

async function inBrowser() {
  const begin = ['active-learning', project, dataset, ...batch, '--no-prompt', '--json', ...options('browser')];
  const begun = spawnSync(process.execPath, [program, ...begin], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (begun.status !== 0) throw new Error(begun.stderr);
  const { id } = JSON.parse(begun.stdout).run;
  const server = spawn(process.execPath, [program, 'serve', '--port', '0', ...options('browser')]);
  const url = await new Promise((done) => createInterface(server.stdout).once('line', done));
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await page.goto(new URL(`/loops/${id}`, url).href);
    let shown = '';
    const next = async () => {
      const question = await page.waitForFunction(
        (before) => {
          const place = document.querySelector('.labelling-question .panel h2')?.textContent ?? '';
          const features = document.querySelector('.labelling-question table');
          return place !== '' && place !== before && features ? place : false;
        },
        shown,
        { polling: 'raf', timeout: patience },
      );
      shown = await question.jsonValue();
    };
    await next();
    return await label((key) => page.keyboard.press(key), next);
  } finally {
    await browser.close();
    server.kill();
  }
}

try {
  tell('tmux, 80x24', await inTmux());
  tell('Chromium, 1440x900', await inBrowser());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
