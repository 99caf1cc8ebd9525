// Checks src/ against the layer table (scripts/layers.mjs) and for import cycles, and says how many modules it read.
// Usage: node scripts/check-layers.mjs [FOLDER WITH src/]
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { layers } from './layers.mjs';

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
const escape = (text) => text.replace(/[/\\^$.*+?()[\]{}|]/g, '\\$&');
const roomPath = (room) => `^src/${escape(room)}(/|\\.ts$)`;

const cycles = {
  name: 'no-cycle',
  comment: 'two files that need each other are one file, or want a third',
  severity: 'error',
  from: {},
  to: { circular: true },
};

const forbidden = Object.entries(layers).flatMap(([room, allowed]) => [
  {
    name: `${room}-rooms`,
    comment: allowed.why,
    severity: 'error',
    from: { path: roomPath(room) },
    to: { path: '^src/', pathNot: [room, ...allowed.rooms].map(roomPath) },
  },
  {
    name: `${room}-packages`,
    comment: allowed.why,
    severity: 'error',
    from: { path: roomPath(room) },
    to: {
      path: 'node_modules/',
      pathNot: allowed.packages.map((name) => `node_modules/${escape(name)}/`).concat('node_modules/@types/'),
    },
  },
  ...(allowed.node
    ? []
    : [
        {
          name: `${room}-no-node-core`,
          comment: allowed.why,
          severity: 'error',
          from: { path: roomPath(room) },
          to: { dependencyTypes: ['core'] },
        },
      ]),
]);

process.chdir(root);
const { output } = await cruise(['src'], {
  baseDir: root,
  ruleSet: { forbidden: [...forbidden, cycles] },
  validate: true,
  doNotFollow: { path: 'node_modules' },
  tsConfig: { fileName: `${root}/tsconfig.json` },
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
});
const { summary } = output;
for (const { rule, from, to } of summary.violations) {
  const why = [...forbidden, cycles].find(({ name }) => name === rule.name)?.comment;
  console.error(`${rule.name}: ${from} → ${to} (${why})`);
}
const unknownRooms = readdirSync('src')
  .map((entry) => entry.replace(/\.ts$/, ''))
  .filter((room) => !Object.hasOwn(layers, room));
for (const room of unknownRooms) console.error(`unknown-room: src/${room} is not in the layer table`);
// Without a parser for TypeScript the tool reads nothing and calls that a success.
if (summary.totalCruised === 0) console.error('no module was read: the layer check is broken');
console.log(`${summary.totalCruised} modules, ${summary.violations.length} violations of the layer table`);
process.exit(summary.violations.length > 0 || unknownRooms.length > 0 || summary.totalCruised === 0 ? 1 : 0);
