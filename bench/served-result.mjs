// A result that is made, served and opened in Chromium: what the measurements of pages have in common.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const program = resolve(import.meta.dirname, '../dist/secuml.js');

/**
 * Makes a dataset of 4,000 rows to learn from and one of `rows` to judge, classifies, serves and opens a browser: hands
 * `measure` a signed-in browser context, the address of the server and the id of the experiment.
 */
export async function withServedResult(rows, measure) {
  const folder = mkdtempSync(join(tmpdir(), 'secuml-pages-'));
  const places = ['--input-dir', join(folder, 'in'), '--output-dir', join(folder, 'out')];
  try {
    writeDataset(folder, 'learn', 4000);
    writeDataset(folder, 'judge', rows);
    classify(places);
    const { server, address } = serve(places);
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await signIn(page, await address);
      const { experiments } = await page.evaluate(async () => (await fetch('/api/home')).json());
      const { origin } = new URL(page.url());
      await page.close();
      await measure({ context, origin, id: experiments[0].id });
    } finally {
      await browser.close();
      server.kill();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rows of 60 families along five features; half of the families are malicious. */
function writeDataset(folder, name, count) {
  let state = 12_345 + count;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const write = ['idents.csv', 'features/f.csv', 'labels/true_labels.csv'].map((file) => {
    const path = join(folder, 'in/Bench', name, file);
    mkdirSync(join(path, '..'), { recursive: true });
    return linesInto(openSync(path, 'w'));
  });
  const [ident, features, label] = write;
  ident('instance_id,ident');
  features('instance_id,a,b,c,d,e');
  label('instance_id,label,family');
  for (let i = 0; i < count; i++) {
    const family = Math.floor(random() ** 2 * 60);
    const shift = family % 2 === 1 ? 0.9 : 0;
    ident(`${i},host-${i}.example/path/${family}`);
    const values = Array.from({ length: 5 }, () => (random() + random() + random() - 1.5 + shift / 5).toFixed(5));
    features([i, ...values].join(','));
    label(`${i},${shift > 0 ? 'malicious' : 'benign'},family-${family}`);
  }
  for (const end of write) end(null);
}

/** Writes lines to a file in large pieces; null ends it. */
function linesInto(file) {
  let waiting = '';
  return (line) => {
    if (line !== null) waiting += `${line}\n`;
    if (line === null || waiting.length > 2 ** 20) {
      writeSync(file, waiting);
      waiting = '';
    }
    if (line === null) closeSync(file);
  };
}

function classify(places) {
  const args = ['classify', '--project', 'Bench', '--dataset', 'learn', '--validation-dataset', 'judge'];
  const { status, stderr } = spawnSync(process.execPath, [program, ...args, '--no-tuning', '--quiet', ...places], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** The one-time address that `serve` prints. */
function serve(places) {
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
