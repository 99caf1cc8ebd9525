import { defineTable } from '../table-definition.js';

const coordinate = { type: 'double', optional: true } as const;

/** An instance of a projection in its first ten components. `row_index` is the row's place in rows.bin. */
export const coordinatesTable = defineTable({
  columns: {
    experiment_id: { type: 'id' },
    row_index: { type: 'integer' },
    instance_id: { type: 'key' },
    ident: { type: 'text' },
    label: { type: 'key', optional: true },
    family: { type: 'key', optional: true },
    c1: coordinate,
    c2: coordinate,
    c3: coordinate,
    c4: coordinate,
    c5: coordinate,
    c6: coordinate,
    c7: coordinate,
    c8: coordinate,
    c9: coordinate,
    c10: coordinate,
  },
  primaryKey: ['experiment_id', 'row_index'],
  indexes: [{ name: 'by_instance', columns: ['instance_id'] }],
  owner: { table: 'experiments', column: 'experiment_id', chunkBy: 'row_index' },
});
