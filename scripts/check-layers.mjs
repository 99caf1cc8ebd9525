// Checks src/ and viewer/src against the layer table (scripts/layers.mjs) and for import cycles, and says how many modules it read.
// Usage: node scripts/check-layers.mjs [FOLDER WITH src/]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { layers } from './layers.mjs';

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
const escape = (text) => text.replace(/[/\\^$.*+?()[\]{}|]/g, '\\$&');
const roomPath = (room) => (room === 'viewer' ? '^viewer/src/' : `^src/${escape(room)}(/|\\.ts$)`);

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
    to: { path: '^(src|viewer/src)/', pathNot: [room, ...allowed.rooms, ...(allowed.typesOf ?? [])].map(roomPath) },
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
const { output } = await cruise(['src', ...(existsSync('viewer/src') ? ['viewer/src'] : [])], {
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
const valuesWhereTypes = output.modules.flatMap(({ source }) =>
  Object.entries(layers).flatMap(([room, { rooms, typesOf = [] }]) =>
    typesOf.length > 0 && new RegExp(roomPath(room)).test(source) ? valuesFrom(source, typesOf, rooms) : [],
  ),
);
for (const fault of valuesWhereTypes) console.error(`types-only: ${fault}`);
const unknownRooms = readdirSync('src')
  .map((entry) => entry.replace(/\.ts$/, ''))
  .filter((room) => !Object.hasOwn(layers, room));
for (const room of unknownRooms) console.error(`unknown-room: src/${room} is not in the layer table`);
// Without a parser for TypeScript the tool reads nothing and calls that a success.
if (summary.totalCruised === 0) console.error('no module was read: the layer check is broken');
console.log(
  `${summary.totalCruised} modules, ${summary.violations.length + valuesWhereTypes.length} violations of the layer table`,
);
const faults = summary.violations.length + valuesWhereTypes.length + unknownRooms.length;
process.exit(faults > 0 || summary.totalCruised === 0 ? 1 : 0);

/** Imports in a file that are not `import type`, from a room of which only types may be imported. */
function valuesFrom(file, typesOf, rooms) {
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from '([^']+)';/gm);
  return [...imports]
    .map(([, path]) => posix.join(posix.dirname(file), path).replace(/\.js$/, '.ts'))
    .filter((path) => typesOf.some((room) => new RegExp(roomPath(room)).test(path)))
    .filter((path) => !rooms.some((room) => new RegExp(roomPath(room)).test(path)))
    .map((path) => `${file} → ${path} (import type: the viewer is not to carry it)`);
}
