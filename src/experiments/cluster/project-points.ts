import { UserError } from '../../errors.js';
import type { LabelColumn } from '../../ml/matrix/dataset.js';
import { denseMatrix, type FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import { familyGroups } from '../../ml/metrics/families.js';
import { defaultParams } from '../../ml/params.js';
import { projections } from '../../ml/projection/registry.js';
import type { ExperimentContext } from '../experiment.js';
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
  const { classes, classCount } = projection.supervised ? classesOf(labels, rows) : noClasses(rows.length);
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

const noClasses = (rows: number) => ({ classes: new Int32Array(rows).fill(-1), classCount: 0 });

function classesOf(labels: LabelColumn | undefined, rows: Uint32Array): { classes: Int32Array; classCount: number } {
  if (!labels) return noClasses(rows.length);
  const label = Int8Array.from(rows, (row) => labels.label[row]);
  const named = Array.from(rows, (row) => labels.families[labels.family[row]] ?? '');
  if (named.every((family) => family === '')) return { classes: Int32Array.from(label), classCount: 2 };
  const { groups, codes } = familyGroups(label, named);
  return { classes: codes, classCount: groups.length };
}
