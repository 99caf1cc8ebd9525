import { headlinePart, parts } from '../../schema/vocabulary.js';
import { partInWords } from './part-in-words.js';
import type { PartAssessment } from './part-assessment.js';

/** A fall of the ROC AUC from the training rows to others that is worth a word. */
const notableFall = 0.05;

/** Says where the model is far worse on rows it has not learned from, beyond what chance explains. */
export function generalisationWarnings(assessments: readonly PartAssessment[]): string[] {
  const train = figuresOf(assessments, parts.train);
  if (train === undefined || train.auc === null) return [];
  const onTrain = train.auc;
  return assessments.flatMap(({ part, fold }) => {
    // A single fold is small and one of several: their mean stands beside it.
    if (fold !== -1) return [];
    const of = figuresOf(assessments, part);
    // The upper end of the interval: the fall must be there even if the part was drawn unluckily.
    if (part === parts.train || !of || of.auc === null || onTrain - (of.high ?? of.auc) < notableFall) return [];
    const words = partInWords(part);
    return [
      `the model is far better on the rows it learned from (ROC AUC ${onTrain.toFixed(4)}) than on ${words} ` +
        `(${of.auc.toFixed(4)}): it learned what does not hold there; believe the figures of ${words}`,
    ];
  });
}

function figuresOf(
  assessments: readonly PartAssessment[],
  part: string,
): { auc: number | null; high: number | null } | undefined {
  const found = assessments.find((assessment) => assessment.part === part);
  if (!found) return undefined;
  const figure = (name: string): number | null => found.headline[`${headlinePart(part)}.${name}`] ?? null;
  return { auc: figure('rocAuc'), high: figure('rocAuc.high') };
}
