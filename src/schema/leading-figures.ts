import type { ExperimentKind } from './vocabulary.js';

/** A figure that stands for an experiment: the first of these headline names that has a value. */
export type FigureChoice = readonly string[];

const ofLoops: readonly FigureChoice[] = [['labels'], ['families.all'], ['test.rocAuc', 'all.rocAuc', 'cv.rocAuc']];

/** The few figures that stand for an experiment in a list, the most telling first. */
export const leadingFigures: Record<ExperimentKind, readonly FigureChoice[]> = {
  classify: [
    ['test.rocAuc', 'cv.rocAuc', 'all.rocAuc', 'test.f1Macro', 'cv.f1Macro', 'test.accuracy', 'cv.accuracy'],
    ['test.recallAtFpr.0.01', 'cv.recallAtFpr.0.01', 'all.recallAtFpr.0.01'],
    ['test.averagePrecision', 'cv.averagePrecision', 'all.averagePrecision'],
  ],
  'active-learning': ofLoops,
  'rare-categories': ofLoops,
  stats: [['drift.max'], ['alarms'], ['features']],
  projection: [['explainedVariance'], ['trustworthiness'], ['classSeparation'], ['components']],
  cluster: [['clusters'], ['silhouette'], ['family.vMeasure', 'vMeasure']],
};

/** Every name among the leading figures. */
export const leadingFigureNames: readonly string[] = [...new Set(Object.values(leadingFigures).flat(2))];

/** The leading figures that an experiment has; none for a kind that only another version knows. */
export function pickLeadingFigures(
  kind: string,
  figures: ReadonlyMap<string, number | null> | undefined,
): { name: string; value: number }[] {
  const choices = Object.hasOwn(leadingFigures, kind) ? leadingFigures[kind as ExperimentKind] : [];
  return choices.flatMap((names) => {
    const found = names
      .map((name) => ({ name, value: figures?.get(name) ?? null }))
      .find(({ value }) => value !== null);
    return found ? [found as { name: string; value: number }] : [];
  });
}
