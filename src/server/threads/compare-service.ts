import { chooseParts } from '../../experiments/compare/choose-parts.js';
import { compareParts } from '../../experiments/compare/compare.js';
import type { ComparisonDocument } from '../../schema/comparison.js';
import { type ComparablePredictions, openPredictions } from '../../workspace/compare/compare-predictions.js';
import type { Configuration } from '../../workspace/configuration.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { findFinished } from './find-experiment.js';

export interface WantedComparison {
  readonly ids: readonly string[];
  readonly part?: string;
  /** Changed instances to list for each pair. */
  readonly rows: number;
}

/** Compares experiments as `secuml compare` does; resampling takes a while, so in a thread of its own. */
export async function compareService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);
  return {
    compare: async ({ ids, part, rows }: WantedComparison): Promise<ComparisonDocument> => {
      const opened: ComparablePredictions[] = [];
      try {
        for (const id of ids) {
          opened.push(await openPredictions(workspace, await findFinished(workspace, id)));
        }
        const { chosen, notes } = chooseParts(opened, part);
        const parts = await Promise.all(opened.map((predictions, k) => predictions.read(chosen[k])));
        return compareParts(parts, { seed: configuration.seed, rows, notes }).document;
      } finally {
        await Promise.all(opened.map((predictions) => predictions.close()));
      }
    },
  };
}

export type CompareService = Awaited<ReturnType<typeof compareService>>;
