import { counted, printable } from '../../errors.js';
import type { ClassifierId } from '../../ml/classifiers/registry.js';
import type { LoopView } from '../../schema/labelling.js';

/** What to type next, a line each. */
export function nextSteps(
  { id, project, dataset, labelSet, finished, queries, budget, counts }: LoopView,
  model: ClassifierId,
): string {
  const open = queries.filter(({ state }) => state === 'open').length;
  const set = quoted(`set:${labelSet}`);
  const place = `${quoted(project)} ${quoted(dataset)}`;
  const more = `go on with it: secuml label ${id}`;
  const isSpent = budget.left === 0;
  const learns = counts.malicious > 0 && counts.benign > 0;
  const lines = [
    finished === null
      ? `${counted(open, 'query', 'queries')} waiting for an answer`
      : `the loop has ended: ${finished}`,
    ...(finished === null ? [`${more}   (or in the browser: secuml serve)`] : []),
    // Where nothing is left to ask, more answers allowed change nothing.
    ...(finished !== null && isSpent ? [`${more} --budget ${2 * budget.total}`] : []),
    learns
      ? `learn from the labels: secuml classify ${place} --labels ${set} --model ${model}`
      : `no model can learn from the labels yet: ${missing(counts)}`,
    `the labels as a file: secuml labels export ${place} --label-set ${quoted(labelSet)}`,
  ];
  return lines.map((line) => `${printable(line, 1000)}\n`).join('');
}

function missing({ malicious, labels }: LoopView['counts']): string {
  if (labels === 0) return 'there are none';
  return `no instance is ${malicious > 0 ? 'benign' : 'malicious'}`;
}

const quoted = (text: string): string => (/^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
