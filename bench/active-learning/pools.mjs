// What a simulated labelling loop draws from, starts with and is judged on.
import { selectRows } from '../../src/ml/matrix/feature-matrix.ts';
import { randomStream, shuffle } from '../../src/ml/random/stream.ts';

/** Rows of each label and family, shuffled by the seed, families in a fixed order. */
function shuffledFamilies({ labels }, seed) {
  const byFamily = new Map();
  labels.label.forEach((label, row) => {
    const key = `${label} ${labels.families[labels.family[row]] ?? ''}`;
    const rows = byFamily.get(key);
    if (rows) rows.push(row);
    else byFamily.set(key, [row]);
  });
  return [...byFamily.keys()].sort().map((key) => {
    const rows = byFamily.get(key);
    shuffle(rows, randomStream(seed, `pool ${key}`));
    return { malicious: key.startsWith('1'), rows };
  });
}

const ascending = (rows) => Uint32Array.from(rows).sort();

/**
 * NSL-KDD train20 with rare attacks: 9,449 normal rows and 6 % of each attack family, at least one row, are the pool. Held
 * out is what is left, in the mixture of the pool: all other normal rows, and of each attack family so many that the
 * attacks are to the normal as in the pool (what is left of families of a few rows: at least one, if there is any).
 */
function rareAttacks(dataset, seed) {
  const pool = [];
  const heldOut = [];
  const normal = 9449;
  const normalLeft = dataset.labels.label.reduce((count, label) => count + Number(label === 0), 0) - normal;
  for (const { malicious, rows } of shuffledFamilies(dataset, seed)) {
    const count = malicious ? Math.max(1, Math.round(0.06 * rows.length)) : normal;
    pool.push(...rows.slice(0, count));
    const share = Math.max(1, Math.round((0.06 * rows.length * normalLeft) / normal));
    heldOut.push(...(malicious ? rows.slice(count, count + share) : rows.slice(count)));
  }
  return { pool: ascending(pool), heldOut: ascending(heldOut), start: { malicious: 5, benign: 45 } };
}

/** Seven tenths of every family as the pool, at least one row; the rest held out. */
function split(dataset, seed) {
  const pool = [];
  const heldOut = [];
  for (const { rows } of shuffledFamilies(dataset, seed)) {
    const count = Math.max(1, Math.round(0.7 * rows.length));
    pool.push(...rows.slice(0, count));
    heldOut.push(...rows.slice(count));
  }
  return { pool: ascending(pool), heldOut: ascending(heldOut), start: { malicious: 5, benign: 45 } };
}

/** All rows, ten labels at random, families of both labels counted. */
function everything(dataset) {
  return { pool: Uint32Array.from(dataset.ids.keys()), heldOut: new Uint32Array(0), start: { any: 10 } };
}

export const pools = { 'rare-attacks': rareAttacks, split, everything };

/** Rows of the pool that the loop starts with. */
export function startRows({ pool, start }, { labels }, seed) {
  const order = Array.from(pool.keys());
  shuffle(order, randomStream(seed, 'start'));
  if (start.any !== undefined) return order.slice(0, start.any);
  const some = (label, count) => order.filter((row) => labels.label[pool[row]] === label).slice(0, count);
  return [...some(1, start.malicious), ...some(0, start.benign)];
}

/** The dataset's rows `rows`, without labels. */
export function withoutLabels(dataset, rows) {
  const pick = (list) => Array.from(rows, (row) => list[row]);
  const X = selectRows(dataset.X, rows);
  return { ...dataset, ids: pick(dataset.ids), idents: pick(dataset.idents), X, labels: undefined, truth: undefined };
}
