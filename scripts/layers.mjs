// What each room of src/ may import: other rooms, packages, Node's core. docs/architecture.md shows this table.

/**
 * `typesOf`: rooms of which only types may be imported.
 * @typedef {{ rooms: string[], typesOf?: string[], packages: string[], node: boolean, why: string }} Room
 */

/** @type {Record<string, Room>} */
export const layers = {
  errors: { rooms: [], packages: [], node: false, why: 'the errors every room may throw' },
  schema: {
    rooms: ['errors'],
    packages: ['zod'],
    node: false,
    why: 'what others read: documents, panels, vocabulary; the viewer reads it too',
  },
  ml: {
    rooms: ['errors'],
    packages: ['ml-matrix', 'ml-naivebayes', 'ml-pca', 'ml-random-forest', 'simple-statistics', 'pure-rand'],
    node: false,
    why: 'algorithms are pure: arrays in, arrays out',
  },
  rows: {
    rooms: ['schema', 'errors'],
    packages: [],
    node: false,
    why: 'queries on predictions in columns: the server asks them of rows.bin, the viewer of what a report embeds',
  },
  parallel: {
    rooms: ['ml', 'errors'],
    packages: ['piscina'],
    node: true,
    why: 'the executors that ml asks for work',
  },
  experiments: {
    rooms: ['ml', 'rows', 'schema', 'errors'],
    packages: [],
    node: false,
    why: 'one feature = (dataset, settings, context) → outcome; no file, database, clock or process',
  },
  io: {
    rooms: ['ml/matrix', 'rows', 'schema', 'errors'],
    packages: ['csv-parse'],
    node: true,
    why: 'every file is read and written here',
  },
  db: {
    rooms: ['schema', 'errors'],
    packages: ['kysely', 'mysql2', 'libsql'],
    node: true,
    why: 'every statement of SQL is here',
  },
  workspace: {
    rooms: ['io', 'db', 'rows', 'schema', 'ml/matrix', 'errors'],
    packages: [],
    node: true,
    why: 'io and db joined: open a dataset, save an experiment',
  },
  labelling: {
    rooms: ['experiments', 'workspace', 'ml', 'schema', 'errors'],
    packages: [],
    node: false,
    why: "a labelling loop's driver: replays the logs, computes what comes next, tells everybody who looks",
  },
  'iteration-thread': {
    rooms: ['labelling', 'experiments', 'parallel', 'ml', 'schema', 'errors'],
    packages: [],
    node: true,
    why: "a loop's iterations in a thread of their own: no key and no answer waits for them",
  },
  report: {
    rooms: ['rows', 'schema', 'errors'],
    packages: [],
    node: true,
    why: "a result as one file; the viewer's built page is data to it",
  },
  server: {
    rooms: [
      'workspace',
      'experiments',
      'labelling',
      'iteration-thread',
      'rows',
      'report',
      'parallel',
      'schema',
      'errors',
    ],
    packages: ['sirv', 'zod'],
    node: true,
    why: 'HTTP over the workspace: who may ask, the API, the built viewer',
  },
  terminal: {
    rooms: ['schema', 'errors'],
    typesOf: ['labelling'],
    packages: ['chalk', 'ora', 'cli-table3'],
    node: true,
    why: 'draws results; computes none',
  },
  commands: {
    rooms: [
      'experiments',
      'labelling',
      'iteration-thread',
      'workspace',
      'parallel',
      'terminal',
      'report',
      'server',
      'ml',
      'schema',
      'errors',
    ],
    packages: ['commander'],
    node: true,
    why: 'one subcommand a file: options, help, and the story',
  },
  main: {
    rooms: ['commands', 'ml', 'errors'],
    packages: ['commander'],
    node: true,
    why: 'the program; the one place where an error becomes an exit code',
  },
  viewer: {
    rooms: ['rows', 'schema/vocabulary', 'schema/report-payload'],
    typesOf: ['schema'],
    packages: ['preact', '@preact/signals', '@observablehq/plot'],
    node: false,
    why: 'the pages, for a browser: of the schemas only types and plain words, so that no zod is sent along',
  },
};
