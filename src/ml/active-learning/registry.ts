import type { AnyQueryStrategyDef } from './strategy.js';
import { aladin } from './strategies/aladin.js';
import { cesaBianchi } from './strategies/cesa-bianchi.js';
import { diverse } from './strategies/diverse.js';
import { feedbackForest } from './strategies/feedback-forest.js';
import { firstLook } from './strategies/first-look.js';
import { frontier } from './strategies/frontier.js';
import { gornitz } from './strategies/gornitz.js';
import { ilab } from './strategies/ilab.js';
import { interleave } from './strategies/interleave.js';
import { margin } from './strategies/margin.js';
import { queryByCommittee } from './strategies/query-by-committee.js';
import { random } from './strategies/random.js';
import { rareCategories } from './strategies/rare-categories.js';
import { topN } from './strategies/top-n.js';
import { uncertainty } from './strategies/uncertainty.js';

/** Every query strategy by the name the user types. Adding one is its file and its line here. */
export const queryStrategies = {
  aladin,
  'cesa-bianchi': cesaBianchi,
  diverse,
  'feedback-forest': feedbackForest,
  'first-look': firstLook,
  frontier,
  gornitz,
  ilab,
  interleave,
  margin,
  'query-by-committee': queryByCommittee,
  random,
  'rare-categories': rareCategories,
  'top-n': topN,
  uncertainty,
} satisfies Record<string, AnyQueryStrategyDef>;

export type QueryStrategyId = keyof typeof queryStrategies;

/** What asks until a strategy has the answers it needs. */
export const coldStartStrategy: QueryStrategyId = 'first-look';
