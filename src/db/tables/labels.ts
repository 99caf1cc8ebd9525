import { defineTable } from '../table-definition.js';

/** Label sets: named answers for the instances of a dataset. The files under `labels/` are the archive. */
export const labelSetsTable = defineTable({
  columns: {
    id: { type: 'id' },
    project: { type: 'key' },
    dataset: { type: 'key' },
    name: { type: 'key' },
    /** Number of the last event of the log that is in the database. */
    last_event: { type: 'integer' },
  },
  primaryKey: ['id'],
  indexes: [{ name: 'by_dataset', columns: ['project', 'dataset'] }],
});

/** Every answer ever given, in order; a removal has no label. */
export const labelEventsTable = defineTable({
  columns: {
    set_id: { type: 'id' },
    n: { type: 'integer' },
    at: { type: 'key' },
    author: { type: 'text', optional: true },
    instance_id: { type: 'key' },
    ident: { type: 'text' },
    label: { type: 'key', optional: true },
    family: { type: 'key', optional: true },
    previous: { type: 'text', optional: true },
    source: { type: 'text', optional: true },
    iteration: { type: 'integer', optional: true },
  },
  primaryKey: ['set_id', 'n'],
  indexes: [{ name: 'by_instance', columns: ['set_id', 'instance_id'] }],
  owner: { table: 'label_sets', column: 'set_id', chunkBy: 'n' },
});

/** What holds now: the last answer of each instance that has one. */
export const labelsTable = defineTable({
  columns: {
    set_id: { type: 'id' },
    instance_id: { type: 'key' },
    ident: { type: 'text' },
    label: { type: 'key' },
    family: { type: 'key', optional: true },
    /** The event that said so. */
    n: { type: 'integer' },
    at: { type: 'key' },
    author: { type: 'text', optional: true },
  },
  primaryKey: ['set_id', 'instance_id'],
  indexes: [{ name: 'by_event', columns: ['set_id', 'n'] }],
  owner: { table: 'label_sets', column: 'set_id', chunkBy: 'n' },
});
