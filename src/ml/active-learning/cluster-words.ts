import { type MemberWord, memberWords } from './family-queries.js';

/** Every sequence of one to four member words, as a parameter writes it: `center_anomalous`. */
export const clusterStrategies: readonly string[] = sequences([...memberWords]);

/** The words of a cluster strategy, in their order. */
export function wordsOf(strategy: string): MemberWord[] {
  return strategy.split('_') as MemberWord[];
}

function sequences(words: readonly MemberWord[]): string[] {
  return words.flatMap((word) => {
    const others = words.filter((other) => other !== word);
    return [word, ...sequences(others).map((rest) => `${word}_${rest}`)];
  });
}
