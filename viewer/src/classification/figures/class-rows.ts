import type { PanelData } from '../../../../src/schema/panels/registry.js';
import { share } from './intervals.js';

/** A class of a multiclass model, read off its confusion matrix. */
export interface ClassRow {
  readonly name: string;
  readonly instances: number;
  readonly predicted: number;
  readonly right: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** The classes of a matrix that occur in the part or are predicted there, the largest first. */
export function classRows({ classes, matrix }: PanelData<'confusion'>): ClassRow[] {
  const rows = classes.map((name, k) => {
    const right = matrix[k][k];
    const instances = matrix[k].reduce((sum, count) => sum + count, 0);
    const predicted = matrix.reduce((sum, row) => sum + row[k], 0);
    return {
      name,
      instances,
      predicted,
      right,
      precision: share(right, predicted),
      recall: share(right, instances),
      f1: share(2 * right, instances + predicted),
    };
  });
  return rows
    .filter(({ instances, predicted }) => instances + predicted > 0)
    .sort((a, b) => b.instances - a.instances || b.predicted - a.predicted);
}
