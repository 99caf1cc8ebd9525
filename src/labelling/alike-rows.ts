import type { Dataset } from '../ml/matrix/dataset.js';
import type { FeatureMatrix } from '../ml/matrix/feature-matrix.js';
import { distinctRows } from '../ml/neighbours/distinct-rows.js';

/** Instances with the very same features: one answer can settle them all, and no other of them is asked. */
export class AlikeRows {
  private readonly groupOf: Int32Array;
  private readonly members = new Map<number, number[]>();
  private readonly rowOf: ReadonlyMap<string, number>;

  /** O(stored cells). */
  constructor(
    private readonly dataset: Dataset,
    X: FeatureMatrix,
  ) {
    this.groupOf = distinctRows(X).groupOf;
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
