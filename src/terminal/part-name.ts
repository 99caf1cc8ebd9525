import { printable } from '../errors.js';
import { datasetPart, parts } from '../schema/vocabulary.js';

/** A part as a heading names it: `test`, `fold 2`, `dataset NAME`, `all datasets`; safe to print. */
export function partName(part: string): string {
  const prefix = datasetPart('');
  if (part.startsWith(prefix)) return `dataset ${printable(part.slice(prefix.length))}`;
  if (part === parts.all) return 'all datasets';
  return printable(part.replace(/^fold\.(?=\d+$)/, 'fold '));
}
