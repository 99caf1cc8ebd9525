import type { MainModel, StrategyContext } from './strategy.js';

/** The model of the iteration, for strategies that need answers of both labels: the loop asks them only then. */
export async function mainModelOf(context: StrategyContext): Promise<MainModel> {
  const model = await context.mainModel();
  if (!model) throw new Error('a strategy that needs a model was asked before both labels were known');
  return model;
}
