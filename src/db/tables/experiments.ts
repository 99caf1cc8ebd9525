import { defineTable } from '../table-definition.js';

/** One row per run of a command that computes; times are ISO 8601 in UTC. */
export const experimentsTable = defineTable({
  columns: {
    id: { type: 'id' },
    kind: { type: 'key' },
    project: { type: 'key' },
    dataset: { type: 'key' },
    name: { type: 'text', optional: true },
    /** running, done, failed, interrupted; `running` without a heartbeat is shown as interrupted. */
    status: { type: 'key' },
    host: { type: 'text' },
    pid: { type: 'integer' },
    /** Tells two processes that had one pid apart: the start time that the kernel knows, where it says so. */
    process_start: { type: 'text', optional: true },
    heartbeat: { type: 'key' },
    started: { type: 'key' },
    finished: { type: 'key', optional: true },
    /** Wall-clock seconds from start to end. */
    seconds: { type: 'double', optional: true },
    /** Relative to the output folder. */
    directory: { type: 'text' },
    dataset_hash: { type: 'key', optional: true },
    seed: { type: 'integer', optional: true },
    settings: { type: 'text' },
    warnings: { type: 'integer' },
    error: { type: 'text', optional: true },
    /** The experiment that this one was made for (an alert clustering, a validation). */
    parent_id: { type: 'id', optional: true },
  },
  wide: true,
  primaryKey: ['id'],
  indexes: [{ name: 'by_dataset', columns: ['project', 'dataset'] }],
});
