// Milliseconds of queries on 1,000,000 predictions (or as many as the argument says), each asked of a fresh index and
// then again with another threshold. Usage: npx tsx bench/row-queries.mjs [ROWS]
import { countOutcomes, countsByFamily } from '../src/rows/row-counts.ts';
import { rowColumns } from '../src/rows/row-columns.ts';
import { RowIndex } from '../src/rows/row-index.ts';
import { textsOf } from '../src/rows/row-texts.ts';
import { textRanks } from '../src/rows/text-ranks.ts';
import { randomStream } from '../src/ml/random/stream.ts';

const n = Number(process.argv[2] ?? 1_000_000);
const stream = randomStream(1, 'rows');

function timed(name, work, repeats = 1) {
  const times = [];
  let result;
  for (let run = 0; run < repeats; run++) {
    const before = process.cpuUsage();
    const started = performance.now();
    result = work(run);
    const { user, system } = process.cpuUsage(before);
    times.push({ wall: performance.now() - started, cpu: (user + system) / 1000 });
  }
  const best = times.reduce((a, b) => (a.wall <= b.wall ? a : b));
  const [first] = times;
  console.log(
    `${name.padEnd(52)} first ${first.wall.toFixed(1).padStart(8)} ms  best ${best.wall.toFixed(1).padStart(8)} ms  cpu ${best.cpu.toFixed(1).padStart(8)} ms`,
  );
  return result;
}

const draw = (make) => Array.from({ length: n }, (_, i) => make(i));
const coded = (names, weights) => ({
  names,
  codes: Int32Array.from({ length: n }, () => {
    const u = stream.float();
    return weights.findIndex((limit) => u < limit);
  }),
});
const ids = draw((i) => `instance-${(i * 2654435761) % 2 ** 32}`);
const idents = draw((i) =>
  i % 50 === 0
    ? `mäil-${stream.below(n)}/Ünsubscribe from ${stream.below(1000)}`
    : `10.${stream.below(256)}.${stream.below(256)}.${stream.below(256)} GET /index-${stream.below(n)}.html`,
);
const idTexts = textsOf(ids);
const identTexts = timed('encoding the idents', () => textsOf(idents));
const instanceIdOrder = timed('order of the ids', () => textRanks(idTexts));
const identOrder = timed('order of the idents', () => textRanks(identTexts));
timed('the same by Array.sort', () => Uint32Array.from(ids.keys()).sort((a, b) => (idents[a] < idents[b] ? -1 : 1)));
const families = Array.from({ length: 200 }, (_, k) => `family ${k}`);
const probability = Float64Array.from({ length: n }, () => 1 / (1 + Math.exp(-4 * stream.normal())));
const stored = {
  rows: n,
  instanceId: idTexts,
  ident: identTexts,
  instanceIdOrder,
  identOrder,
  part: coded(['train', 'fold.0', 'fold.1', 'test'], [0.4, 0.6, 0.8, 1]),
  fold: new Int32Array(n).fill(-1),
  label: coded(['benign', 'malicious'], [0.7, 0.95]),
  family: coded(
    families,
    families.map((_, k) => (k + 1) / 200),
  ),
  probability,
  score: probability.map((p) => Math.log(p / (1 - p))),
  predicted: coded(['benign', 'malicious'], [0.8, 1]),
  rank: Uint32Array.from({ length: n }, (_, i) => 1 + ((i * 48_271) % n)),
};
const columns = timed('columns', () => rowColumns(stored), 3);
const forest = { ...stored, probability: probability.map((p) => Math.round(p * 100) / 100) };
const close = { ...stored, score: probability.map((p) => 1 + p * 1e-9) };

const query = (extra) => ({ sort: 'rank', direction: 'ascending', offset: 0, limit: 100, ...extra });
const fresh = () => new RowIndex(columns);
for (const sort of ['probability', 'score', 'rank', 'ident', 'instanceId', 'label', 'family', 'predicted']) {
  timed(`all rows by ${sort}`, () => fresh().page(query({ sort, direction: 'descending' })), 5);
}
timed(
  'all rows by a probability of 100 values',
  () => new RowIndex(rowColumns(forest)).page(query({ sort: 'probability' })),
  5,
);
timed(
  'all rows by scores that agree in 8 digits',
  () => new RowIndex(rowColumns(close)).page(query({ sort: 'score' })),
  5,
);
const hard = { part: 'cv', outcome: 'error', threshold: 0.5, sort: 'probability', direction: 'descending' };
timed('errors of all folds by probability', () => fresh().page(query(hard)), 5);
const index = fresh();
index.page(query(hard));
timed('  again at other thresholds', (run) => index.page(query({ ...hard, threshold: 0.4 + run / 100 })), 5);
timed('  another page', (run) => index.page(query({ ...hard, threshold: 0.4, offset: 100 * run })), 5);
timed(
  'count of false positives of a family',
  (run) => index.count({ outcome: 'false-positive', threshold: 0.3 + run / 100, family: 'family 7' }),
  5,
);
timed('outcomes of a part', (run) => countOutcomes(columns, index.marks({ part: 'test' }), 0.3 + run / 100), 5);
timed('families of a part', (run) => countsByFamily(columns, 'cv', 0.3 + run / 100), 5);
timed('text, first search', () => index.count({ text: 'index-4711' }));
for (const text of ['INDEX-4712', '7', 'ünsub', 'nowhere to be found']) {
  timed(`text ${text}`, () => index.count({ text }));
}
timed('  again with another filter', (run) => index.count({ text: '7', threshold: run / 10, called: 'malicious' }), 5);
