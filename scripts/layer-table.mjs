// Writes the layer table of docs/architecture.md from scripts/layers.mjs; with --check, only says whether it is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { layers } from './layers.mjs';

const file = fileURLToPath(new URL('../docs/architecture.md', import.meta.url));
const [start, end] = ['<!-- layers: start -->', '<!-- layers: end -->'];

const rows = Object.entries(layers).map(
  ([room, { rooms, typesOf = [], packages, node, why }]) =>
    `| ${room} | ${[...rooms, ...typesOf.map((name) => `types of ${name}`)].join(', ') || '–'} | ${packages.join(', ') || '–'} | ${node ? 'yes' : 'no'} | ${why} |`,
);
const table = ['| room | may import | packages | Node core | why |', '|---|---|---|---|---|', ...rows].join('\n');

const text = readFileSync(file, 'utf8');
const [before, rest] = text.split(start);
const after = rest?.split(end)[1];
if (after === undefined) throw new Error(`${file} lacks the markers ${start} and ${end}`);
const current = `${before}${start}\n${table}\n${end}${after}`;
if (process.argv.includes('--check')) {
  if (current !== text) console.error('docs/architecture.md is out of date: node scripts/layer-table.mjs');
  process.exit(current === text ? 0 : 1);
}
writeFileSync(file, current);
