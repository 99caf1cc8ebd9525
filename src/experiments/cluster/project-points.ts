import { UserError } from '../../errors.js';
import type { LabelColumn } from '../../ml/matrix/dataset.js';
import { denseMatrix, type FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import { defaultParams } from '../../ml/params.js';
import { projections } from '../../ml/projection/registry.js';
import type { ExperimentContext } from '../experiment.js';
import { labelClasses, noClasses } from '../label-classes.js';
import type { ClusterSettings } from './settings.js';

/** Where no number is asked for. */
const usualComponents = 10;

/**
 * The points in fewer dimensions, in which they are clustered. A supervised projection learns from the families of the
 * labels asked for, or from the labels where no family is named. Throws UserError where the projection cannot have so many
 * components, or has no labels to learn from.
 */
export async function projectPoints(
  X: FeatureMatrix,
  labels: LabelColumn | undefined,
  rows: Uint32Array,
  { algorithm, components }: NonNullable<ClusterSettings['projection']>,
  context: ExperimentContext,
): Promise<{ X: FeatureMatrix; warnings: readonly string[] }> {
  const projection = projections[algorithm];
  const { classes, classCount } = projection.supervised ? labelClasses(labels, rows, 'family') : noClasses(rows.length);
  if (projection.supervised && classCount < 2) {
    throw new UserError(`--projection ${algorithm} learns from labels: two labels or families are needed`, {
      hint: 'use --projection pca, or name a label file with --labels',
    });
  }
  const most = projection.mostComponents(X.rows, X.columns, classCount);
  if (components !== null && components > most) {
    throw new UserError(`--components ${components}: ${algorithm} has at most ${most} here`);
  }
  const projected = await projection.project(
    { X, classes, classCount },
    components ?? Math.min(usualComponents, most),
    defaultParams(projection.params),
    context,
  );
  const points = denseMatrix(X.rows, projected.components);
  points.values.set(projected.coordinates);
  return { X: points, warnings: projected.warnings };
}
