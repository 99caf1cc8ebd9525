import type { CommandEntry } from '../command.js';

/** What `secuml labels` can do, in the order of the help. */
export const labelsCommands = {
  list: {
    summary: 'the label sets there are, with their counts',
    load: async () => (await import('./list.js')).listLabelsCommand,
  },
  export: {
    summary: "the labels of a set as a CSV in the dataset's format",
    load: async () => (await import('./export.js')).exportLabelsCommand,
  },
  import: {
    summary: 'take labels from a CSV, as one operation',
    load: async () => (await import('./import.js')).importLabelsCommand,
  },
  log: {
    summary: 'who said what, and when',
    load: async () => (await import('./log.js')).logCommand,
  },
  undo: {
    summary: 'take back the last operation, or the one before it, …',
    load: async () => (await import('./undo.js')).undoCommand,
  },
} satisfies Record<string, CommandEntry>;
