import { nearDuplicates } from '../ml/active-learning/near-duplicates.js';
import type { Dataset } from '../ml/matrix/dataset.js';
import type { FeatureMatrix } from '../ml/matrix/feature-matrix.js';

/** Instances with the same or nearly the same features: one answer can settle them all, and no other is asked. */
export class AlikeRows {
  private readonly groupOf: Int32Array;
  private readonly members = new Map<number, number[]>();
  private readonly rowOf: ReadonlyMap<string, number>;

  /** See nearDuplicates for what it takes. */
  constructor(
    private readonly dataset: Dataset,
    X: FeatureMatrix,
  ) {
    this.groupOf = nearDuplicates(X, dataset.ids).groupOf;
    this.groupOf.forEach((group, row) => {
      const members = this.members.get(group);
      if (members) members.push(row);
      else this.members.set(group, [row]);
    });
    this.rowOf = new Map(dataset.ids.map((id, row) => [id, row]));
  }

  row(instanceId: string): number | undefined {
    return this.rowOf.get(instanceId);
  }

  /** The group of a row: rows of one group are alike. */
  group(row: number): number {
    return this.groupOf[row];
  }

  /** The instances alike this one, itself left out. */
  othersOf(instanceId: string): string[] {
    const row = this.rowOf.get(instanceId);
    if (row === undefined) return [];
    const members = this.members.get(this.groupOf[row]) ?? [];
    return members.filter((other) => other !== row).map((other) => this.dataset.ids[other]);
  }
}
