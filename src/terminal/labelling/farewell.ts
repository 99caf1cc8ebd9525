import { counted } from '../../errors.js';
import type { LoopView } from '../../schema/labelling.js';
import type { LabellingOutcome } from './labelling-io.js';

/** What is said when a person leaves: that all is kept, and how to go on. */
export function farewell({ ended, answers }: LabellingOutcome, view: LoopView, resumeCommand: string): string {
  const kept =
    answers === 0 ? 'nothing new was answered' : `${counted(answers, 'answer')} given in this sitting, and kept`;
  const { counts } = view;
  const stand = `${kept}; ${counted(counts.labels, 'label')} now, ${counted(counts.families.all, 'family', 'families')}`;
  return ended === 'finished' ? `${stand}\n` : `${stand}\nto go on: ${resumeCommand}\n`;
}
