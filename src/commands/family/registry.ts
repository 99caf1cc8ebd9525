import type { CommandEntry } from '../command.js';

/** What `secuml family` can do, in the order of the help. */
export const familyCommands = {
  list: {
    summary: 'the families of a label set, with their sizes',
    load: async () => (await import('./list.js')).listFamiliesCommand,
  },
  rename: {
    summary: 'give a family another name',
    load: async () => (await import('./rename.js')).renameCommand,
  },
  merge: {
    summary: 'make one family of several',
    load: async () => (await import('./merge.js')).mergeCommand,
  },
  split: {
    summary: 'make a family of some instances of another',
    load: async () => (await import('./split.js')).splitCommand,
  },
  swap: {
    summary: 'make a malicious family benign, or the other way round',
    load: async () => (await import('./swap.js')).swapCommand,
  },
} satisfies Record<string, CommandEntry>;
