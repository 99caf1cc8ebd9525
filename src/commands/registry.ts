import type { CommandEntry, CommandGroup } from './command.js';

/** Every subcommand by name, in the order of the help. Adding one is its file and its entry here. */
export const commands = {
  classify: {
    summary: 'train, tune, validate and diagnose a detection model',
    load: async () => (await import('./classify.js')).classifyCommand,
  },
  predict: {
    summary: 'apply a trained model to any dataset, file or pipe, in constant memory',
    load: async () => (await import('./predict.js')).predictCommand,
  },
  'active-learning': {
    summary: 'label a dataset with little effort',
    load: async () => (await import('./active-learning.js')).activeLearningCommand,
  },
  'rare-categories': {
    summary: 'look for families that nobody knows of',
    load: async () => (await import('./rare-categories.js')).rareCategoriesCommand,
  },
  label: {
    summary: 'open or resume a labelling loop in the terminal',
    load: async () => (await import('./label.js')).labelCommand,
  },
  stats: {
    summary: 'describe each feature, score it against the labels, tell what to look at',
    load: async () => (await import('./stats.js')).statsCommand,
  },
  cluster: {
    summary: 'group instances, tell what sets each group apart',
    load: async () => (await import('./cluster.js')).clusterCommand,
  },
  projection: {
    summary: 'put instances into few dimensions, to look at them',
    load: async () => (await import('./projection.js')).projectionCommand,
  },
  import: {
    summary: 'make a dataset of one table (CSV or ARFF), such as an export of a SIEM',
    load: async () => (await import('./import.js')).importCommand,
  },
  check: {
    summary: "validate a dataset's files; report shape and faults",
    load: async () => (await import('./check.js')).checkCommand,
  },
  models: {
    summary: 'models and query strategies: parameters, default grids, limits',
    load: async () => (await import('./models.js')).modelsCommand,
  },
  list: {
    summary: 'list experiments',
    load: async () => (await import('./list.js')).listCommand,
  },
  show: {
    summary: "show an experiment's result",
    load: async () => (await import('./show.js')).showCommand,
  },
  compare: {
    summary: 'compare experiments on the instances that both have judged',
    load: async () => (await import('./compare.js')).compareCommand,
  },
  labels: {
    summary: 'label sets: list, export, import, log, undo',
    subcommands: async () => (await import('./labels/registry.js')).labelsCommands,
  },
  family: {
    summary: 'families of a label set: list, rename, merge, split, swap',
    subcommands: async () => (await import('./family/registry.js')).familyCommands,
  },
  serve: {
    summary: 'the viewer in the browser: results, instances, labels',
    load: async () => (await import('./serve.js')).serveCommand,
  },
  export: {
    summary: 'a result as one HTML page, as JSON or as CSV',
    load: async () => (await import('./export.js')).exportCommand,
  },
  remove: {
    summary: 'delete results and their database rows, never input data',
    load: async () => (await import('./remove.js')).removeCommand,
  },
  init: {
    summary: 'write a configuration and say what is ready',
    load: async () => (await import('./init.js')).initCommand,
  },
  reindex: {
    summary: 'rebuild the database from the result files',
    load: async () => (await import('./reindex.js')).reindexCommand,
  },
} satisfies Record<string, CommandEntry | CommandGroup>;

export type CommandName = keyof typeof commands;
