import type { TaskDef } from '../fit-context.js';
import { evaluateGrid } from './evaluate-grid.js';
import { fitModel } from './fit-model.js';

/** Every task a worker can run, by its id. */
export const tasks = {
  'evaluate-grid': evaluateGrid,
  'fit-model': fitModel,
} satisfies Record<string, TaskDef<never, never, unknown>>;
