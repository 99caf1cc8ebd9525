import type { NearestInstances } from '../../../src/schema/api/instance.js';

type Neighbour = NearestInstances['groups'][number]['nearest'][number];

type Answer = Pick<NearestInstances, 'asked' | 'value' | 'threshold'>;

/** What a value above the threshold, or not, makes of an instance. */
export const verdictWord = (value: number, threshold: number): 'malicious' | 'benign' =>
  value > threshold ? 'malicious' : 'benign';

/** How many values turn the verdict, in words without a full stop; null where the model is not asked. */
export function turningWords(
  { turning, differing, differences }: Neighbour,
  { asked, value, threshold }: Answer,
): string | null {
  if (value === null || threshold === null || differing === 0 || differences[0].valueAfter === null) return null;
  const malicious = verdictWord(value, threshold);
  const now = asked === 'lead' ? 'the same' : malicious;
  const other = asked === 'lead' ? 'something else' : malicious === 'malicious' ? 'benign' : 'malicious';
  if (turning === null) return `Whatever it takes over, the model still calls it ${now}`;
  const values = turning.count === 1 ? 'one value' : `${turning.count} values`;
  return `The model would call it ${other} with ${values} of this neighbour in place of its own`;
}
