import { defineTable } from '../table-definition.js';

/** result.json and the panels in files of their own, by file name, cut into chunks of at most 1 MiB. */
export const documentsTable = defineTable({
  columns: {
    experiment_id: { type: 'id' },
    part: { type: 'key' },
    chunk: { type: 'integer' },
    content: { type: 'text' },
  },
  wide: true,
  primaryKey: ['experiment_id', 'part', 'chunk'],
  owner: { table: 'experiments', column: 'experiment_id' },
});
