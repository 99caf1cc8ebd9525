import type { AnyPanel } from '../../schema/result-document.js';
import { headlinePart, parts } from '../../schema/vocabulary.js';
import { meanFigures } from './headline.js';
import type { PartAssessment } from './part-assessment.js';

interface CrossValidationFigures {
  readonly headline: Record<string, number | null>;
  readonly panels: readonly AnyPanel[];
}

/**
 * Mean and population standard deviation of every figure over the folds where it is defined, as `cv.<figure>` and
 * `cv.<figure>.std`. Nothing outside cross-validation.
 */
export function crossValidationFigures(assessments: readonly PartAssessment[]): CrossValidationFigures {
  const folds = assessments.filter(({ fold }) => fold !== -1);
  if (folds.length === 0) return { headline: {}, panels: [] };
  const headline: Record<string, number | null> = {};
  const figures = meanFigures.map((name) => {
    const values = folds
      .map(({ part, headline: of }) => of[`${headlinePart(part)}.${name}`] ?? null)
      .filter((value) => value !== null);
    const mean = values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
    const std =
      mean === null ? null : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    headline[`${parts.cv}.${name}`] = mean;
    headline[`${parts.cv}.${name}.std`] = std;
    return { name, value: mean, low: null, high: null };
  });
  const instances = folds.reduce((sum, fold) => sum + fold.instances, 0);
  const data = { threshold: folds[0].threshold, instances, figures };
  return {
    headline,
    panels: [{ kind: 'indicators', id: 'indicators:cv', title: 'Mean over the folds', part: parts.cv, data }],
  };
}
