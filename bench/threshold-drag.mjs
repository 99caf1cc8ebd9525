// How smoothly the classification page follows its threshold: 100,000 predictions are made, served and shown in
// Chromium, and the slider is dragged to and fro while the page notes when each frame comes.
// Usage: npm run build && node bench/threshold-drag.mjs [SECONDS] [ROWS]     (CHROMIUM names another browser)
import { withServedResult } from './served-result.mjs';

const [seconds = 5, rows = 100_000] = process.argv.slice(2).map(Number);

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

await withServedResult(rows, async ({ context, origin, id }) => {
  const page = await context.newPage();
  await page.goto(`${origin}/experiments/${id}`);
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
});
