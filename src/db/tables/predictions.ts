import { defineTable } from '../table-definition.js';

/** Row-level results of a classifier. `row_index` is the row's place in rows.bin. */
export const predictionsTable = defineTable({
  columns: {
    experiment_id: { type: 'id' },
    row_index: { type: 'integer' },
    part: { type: 'part' },
    fold: { type: 'integer', optional: true },
    instance_id: { type: 'key' },
    ident: { type: 'text' },
    label: { type: 'key', optional: true },
    family: { type: 'key', optional: true },
    probability: { type: 'double', optional: true },
    score: { type: 'double', optional: true },
    predicted: { type: 'key', optional: true },
    rank: { type: 'integer' },
  },
  primaryKey: ['experiment_id', 'row_index'],
  indexes: [
    { name: 'by_rank', columns: ['experiment_id', 'part', 'rank'] },
    { name: 'by_instance', columns: ['instance_id'] },
  ],
  owner: { table: 'experiments', column: 'experiment_id', chunkBy: 'row_index' },
});
