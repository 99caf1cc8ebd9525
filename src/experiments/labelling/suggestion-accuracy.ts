import type { GivenLabel } from '../../schema/labelling.js';
import type { AskedQuery } from './loop-state.js';

/**
 * How often the suggestions of some queries agreed with their answers: of labels and of families, all of them and those
 * shown as a default (high confidence). Null without any.
 */
export function suggestionAccuracy(
  queries: readonly AskedQuery[],
  answers: ReadonlyMap<string, GivenLabel>,
): Record<string, number | null> {
  const share = (high: boolean, agrees: (query: AskedQuery, answer: GivenLabel) => boolean | null): number | null => {
    let [right, all] = [0, 0];
    for (const query of queries) {
      const answer = answers.get(query.instanceId);
      if (!query.suggestion || !answer || (high && query.suggestion.confidence !== 'high')) continue;
      const agreed = agrees(query, answer);
      if (agreed === null) continue;
      all++;
      if (agreed) right++;
    }
    return all === 0 ? null : right / all;
  };
  const label = ({ suggestion }: AskedQuery, answer: GivenLabel): boolean => suggestion?.label === answer.label;
  const family = ({ suggestion }: AskedQuery, answer: GivenLabel): boolean | null =>
    suggestion?.family == null ? null : suggestion.label === answer.label && suggestion.family === answer.family;
  return {
    'suggestions.labelAccuracy': share(false, label),
    'suggestions.familyAccuracy': share(false, family),
    'suggestions.high.labelAccuracy': share(true, label),
    'suggestions.high.familyAccuracy': share(true, family),
  };
}
