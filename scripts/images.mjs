// Makes docs/images/*.png: home, a classification and an instance, light and dark, from the bundled data.
// Needs the built program (npm run build) and Debian's chromium. Usage: node scripts/images.mjs
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
const program = join(root, 'dist/secuml.js');
const images = join(root, 'docs/images');
const cwd = mkdtempSync(join(tmpdir(), 'secuml-images-'));
cpSync(join(root, 'input_data'), join(cwd, 'input_data'), { recursive: true });

const spam = ['--project', 'SpamHam', '--dataset', 'spamassassin'];
const first = classify('words of spam');
classify('forest', '--model', 'random-forest');
classify('four folds', '--no-tuning', '--validation', 'cv');
classify('naive Bayes', '--model', 'gaussian-naive-bayes');

const server = spawn(process.execPath, [program, 'serve', '--port', '0'], { cwd });
const invitation = await printedUrl(server);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.25 });
const page = await context.newPage();
await page.goto(invitation);
mkdirSync(images, { recursive: true });
const { origin } = new URL(invitation);
const missed = await page.evaluate(
  (path) => fetch(path).then((answer) => answer.json()),
  `/api/experiments/${first}/rows?part=test&threshold=0.5&outcome=false-positive&sort=probability&direction=descending`,
);
for (const colorScheme of ['light', 'dark']) {
  await page.emulateMedia({ colorScheme });
  await picture('home', '/', colorScheme);
  await picture('classification', `/experiments/${first}`, colorScheme);
  await picture('instance', `/experiments/${first}?instance=${missed.rows[0].instanceId}`, colorScheme);
}
await browser.close();
server.kill('SIGINT');
await once(server, 'exit');
rmSync(cwd, { recursive: true, force: true });

function classify(name, ...more) {
  const args = [program, 'classify', ...spam, '--name', name, '--json', '--quiet', ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout).run.id;
}

async function printedUrl({ stdout, stderr }) {
  let printed = '';
  for (;;) {
    const url = /http:\S+token=\S+/.exec(printed)?.[0];
    if (url) return url;
    const [chunk] = await Promise.race([once(stdout, 'data'), once(stderr, 'data')]);
    printed += chunk;
  }
}

async function picture(name, path, colorScheme) {
  await page.goto(origin + path);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.loading') === null);
  // A short page is not followed by an empty one.
  const height = await page.evaluate(() => Math.ceil(document.querySelector('main').getBoundingClientRect().bottom));
  const clip = { x: 0, y: 0, width: 1440, height: Math.min(900, height) };
  await page.screenshot({ path: join(images, `${name}-${colorScheme}.png`), clip });
}
