// How soon pages are there on a warm server: 1,000,000 predictions are made, served and shown in Chromium, each page
// several times, every time by a browser that has nothing in its cache, and by one that has.
// Usage: npm run build && node bench/first-paint.mjs [TIMES] [ROWS]     (CHROMIUM names another browser)
import { withServedResult } from './served-result.mjs';

const [times = 7, rows = 1_000_000] = process.argv.slice(2).map(Number);

/** What shows that a page is whole: nothing on it is on its way any more. */
const drawn = () =>
  document.querySelector('main') !== null &&
  document.querySelector('.loading, [data-stale], [aria-busy="true"]') === null;

/** Milliseconds from the click on a link to the first paint, and until the page is whole; and what was transferred. */
async function look(context, address, { cached }) {
  const page = await context.newPage();
  try {
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.setCacheDisabled', { cacheDisabled: !cached });
    let bytes = 0;
    client.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    const start = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(drawn, undefined, { polling: 'raf' });
    const whole = performance.now() - start;
    const paint = await page.evaluate(
      () =>
        new Promise((found) => {
          const named = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
          const wait = () => (named() === undefined ? requestAnimationFrame(wait) : found(named()));
          wait();
        }),
    );
    return { paint, whole, bytes };
  } finally {
    await page.close();
  }
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const span = (values) =>
  `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}, median ${middle(values).toFixed(0)}`;

await withServedResult(rows, async ({ context, origin, id }) => {
  const list = 'part=dataset%3Ajudge&sort=score&direction=descending&show=errors';
  const pages = {
    home: '/',
    classification: `/experiments/${id}`,
    'a filtered list': `/experiments/${id}?${list}`,
    instance: `/experiments/${id}?part=dataset%3Ajudge&instance=77`,
    settings: `/experiments/${id}/details`,
  };
  // The first look warms the server.
  for (const path of Object.values(pages)) await look(context, origin + path, { cached: true });
  console.log(`${rows} predictions, ${times} times each; milliseconds`);
  for (const [name, path] of Object.entries(pages)) {
    for (const cached of [false, true]) {
      const looks = [];
      for (let k = 0; k < times; k++) looks.push(await look(context, origin + path, { cached }));
      const paints = looks.map(({ paint }) => paint);
      const wholes = looks.map(({ whole }) => whole);
      const kilobytes = (middle(looks.map(({ bytes }) => bytes)) / 1000).toFixed(0);
      console.log(
        `${name}, ${cached ? 'cached' : 'nothing cached'}: first paint ${span(paints)}; whole ${span(wholes)}; ${kilobytes} kB`,
      );
    }
  }
});
