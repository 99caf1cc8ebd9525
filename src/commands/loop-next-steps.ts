import { counted, printable } from '../errors.js';
import type { ClassifierId } from '../ml/classifiers/registry.js';
import type { LoopView } from '../schema/labelling.js';

/** What to type next, a line each. */
export function nextSteps(
  { id, project, dataset, labelSet, finished, queries, budget }: LoopView,
  model: ClassifierId,
): string {
  const open = queries.filter(({ state }) => state === 'open').length;
  const set = quoted(`set:${labelSet}`);
  const place = `${quoted(project)} ${quoted(dataset)}`;
  const more = `go on with it: secuml label ${id}`;
  const lines = [
    finished === null
      ? `${counted(open, 'query', 'queries')} waiting for an answer`
      : `the loop has ended: ${finished}`,
    finished === null ? `${more}   (or in the browser: secuml serve)` : `${more} --budget ${2 * budget.total}`,
    `learn from the labels: secuml classify ${place} --labels ${set} --model ${model}`,
    `the labels as a file: secuml labels export ${place} --label-set ${quoted(labelSet)}`,
  ];
  return lines.map((line) => `${printable(line, 1000)}\n`).join('');
}

const quoted = (text: string): string => (/^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
