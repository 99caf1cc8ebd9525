import { defineParams } from '../params.js';

/** The parameter of strategies whose batch is one number. */
export const batchParams = defineParams({
  batch: { type: 'number', default: 100, min: 1, max: 100_000, integer: true, help: 'queries of an iteration' },
});
