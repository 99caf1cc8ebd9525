import { defineTable } from '../table-definition.js';

/** The `headline` of the result documents, one row per figure. */
export const headlineFiguresTable = defineTable({
  columns: {
    experiment_id: { type: 'id' },
    position: { type: 'integer' },
    name: { type: 'text' },
    value: { type: 'double', optional: true },
  },
  primaryKey: ['experiment_id', 'position'],
  indexes: [{ name: 'by_name', columns: ['name'], prefix: 100 }],
  owner: { table: 'experiments', column: 'experiment_id' },
});
