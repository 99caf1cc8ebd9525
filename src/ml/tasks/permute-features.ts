import { permutationDrops } from '../explanation/permutation-importance.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { maliciousValues } from '../model-selection/malicious-values.js';
import { modelFromJson } from '../model-selection/trained-model.js';
import type { ModelJson } from '../classifiers/classifier.js';
import { randomStream, shuffle } from '../random/stream.js';

export interface PermuteFeaturesShared extends Record<string, unknown> {
  readonly model: ModelJson;
  /** n×d, the columns those of the model. */
  readonly X: FeatureMatrix;
  /** Length n: what the model says of X. */
  readonly base: Float64Array;
  /** Length n: 1 for malicious. */
  readonly positive: Uint8Array;
  readonly repeats: number;
  readonly seed: number;
}

/** The area under the ROC curve lost by shuffling a feature, for each repeat; streams of its own for each. */
export const permuteFeatures = defineTask({
  id: 'permute-features',
  run(shared: PermuteFeaturesShared, feature: number, { memo, signal }): Float64Array {
    const { X, base, positive, repeats, seed } = shared;
    const model = memo('model', () => modelFromJson(shared.model, 'the model'));
    function* permutations(): Generator<Uint32Array> {
      for (let repeat = 0; repeat < repeats; repeat++) {
        throwIfCancelled(signal);
        const permutation = Uint32Array.from({ length: X.rows }, (_, i) => i);
        shuffle(permutation, randomStream(seed, 'permutation importance', feature * repeats + repeat));
        yield permutation;
      }
    }
    return permutationDrops(X, feature, permutations(), base, positive, (changed) => maliciousValues(model, changed));
  },
});
