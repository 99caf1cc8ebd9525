// Milliseconds of queries on 100,000 labelled instances (or as many as the argument says): with nothing prepared (but warm code), as
// after each answer, then the median of 15 with other words. Usage: npx tsx bench/label-rows.mjs [LABELS]
import { randomStream } from '../src/ml/random/stream.ts';
import { LabelRows } from '../src/rows/label-rows.ts';
import { labelQuerySchema } from '../src/schema/api/labels.ts';
import { LabelHistory } from '../src/workspace/labels/editing/label-history.ts';

const n = Number(process.argv[2] ?? 100_000);
const stream = randomStream(1, 'label rows');
const rows = Array.from({ length: n }, (_, i) => {
  const malicious = stream.float() < 0.3;
  return {
    instanceId: `${(i * 7919) % n}`,
    ident: `mail ${stream.uint32()} of somebody@example.org`,
    label: malicious ? 'malicious' : 'benign',
    family: malicious ? `family ${stream.below(200)}` : null,
    n: i + 1,
    at: '2026-01-01T00:00:00.000Z',
    author: stream.float() < 0.5 ? 'ann' : null,
  };
});

const milliseconds = (work) => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};
// The code is warm after the first set: a server meets each of these cases after every answer.
for (const sort of ['n', 'ident', 'family', 'author', 'instanceId', 'label']) {
  new LabelRows(rows).page(labelQuerySchema.parse({ sort, text: '99' }));
}
let index;
console.log(`prepared: ${milliseconds(() => (index = new LabelRows(rows))).toFixed(1)} ms of CPU`);
const events = rows.map(({ instanceId: instance_id, ...row }) => ({
  ...row,
  instance_id,
  previous: null,
  source: 'page',
}));
console.log(`operations of the log: ${milliseconds(() => new LabelHistory(events)).toFixed(1)} ms of CPU`);
for (const [name, query] of [
  ['latest first', () => ({})],
  ['by ident', () => ({ sort: 'ident', direction: 'ascending' })],
  ['by instance_id, far down', (k) => ({ sort: 'instanceId', offset: n - 1000 - k, limit: 1000 })],
  ['by family', (k) => ({ sort: 'family', offset: 100 * k })],
  ['text, by author', (k) => ({ text: `${k}7`, sort: 'author' })],
  ['family and author', (k) => ({ label: 'malicious', family: `family ${k}`, author: 'ann', sort: 'ident' })],
]) {
  const times = Array.from({ length: 16 }, (_, k) => milliseconds(() => index.page(labelQuerySchema.parse(query(k)))));
  const [first, ...others] = times;
  const median = others.sort((a, b) => a - b)[7];
  console.log(
    `${name.padEnd(26)} first ${first.toFixed(1).padStart(6)} ms  then ${median.toFixed(1).padStart(6)} ms of CPU`,
  );
}
