import { datasetPart, parts } from '../../schema/vocabulary.js';

const named: Readonly<Record<string, string>> = {
  [parts.train]: 'the training part',
  [parts.test]: 'the test part',
  [parts.cv]: 'the folds',
  [parts.unlabeled]: 'the unlabeled part',
  [parts.all]: 'the union of the validation datasets',
};

/** What a part is called in a sentence: `the test part`, `fold 2`, `the validation dataset NAME`. */
export function partInWords(part: string): string {
  const prefix = datasetPart('');
  if (part.startsWith(prefix)) return `the validation dataset ${part.slice(prefix.length)}`;
  return named[part] ?? part.replace(/^fold\./, 'fold ');
}
