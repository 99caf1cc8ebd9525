import { rowsById } from '../experiments/labelling/known-labels.js';
import type { NearDuplicates } from '../ml/active-learning/near-duplicates.js';
import type { Executor } from '../ml/fit-context.js';
import type { Dataset } from '../ml/matrix/dataset.js';
import type { FeatureMatrix } from '../ml/matrix/feature-matrix.js';
import { findNearDuplicates } from '../ml/tasks/find-near-duplicates.js';

/** Seconds that finding them takes, for each cell. */
const secondsOfCell = 3e-7;

/** Instances with the same or nearly the same features: one answer can settle them all, and no other is asked. */
export class AlikeRows {
  readonly rowCount: number;
  readonly groupCount: number;
  private readonly groupOf: Int32Array;
  /** Rows by group, one group after the other; those of group g from `starts[g]` on. */
  private readonly members: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly rowOf: ReadonlyMap<string, number>;

  /** Finds them on a thread, where there are many rows; see nearDuplicates for what it takes. */
  static async find(dataset: Dataset, X: FeatureMatrix, executor: Executor): Promise<AlikeRows> {
    const session = executor.open({ X, ids: dataset.ids });
    try {
      const cells = X.kind === 'dense' ? X.rows * X.columns : X.values.length;
      const [found] = await session.map(findNearDuplicates, [null], { seconds: secondsOfCell * cells });
      return new AlikeRows(dataset, found);
    } finally {
      await session.close();
    }
  }

  private constructor(
    private readonly dataset: Dataset,
    { groupOf, centre }: NearDuplicates,
  ) {
    this.groupOf = groupOf;
    this.rowCount = groupOf.length;
    this.groupCount = centre.length;
    this.starts = new Uint32Array(centre.length + 1);
    for (const group of groupOf) this.starts[group + 1]++;
    for (let group = 0; group < centre.length; group++) this.starts[group + 1] += this.starts[group];
    this.members = new Uint32Array(groupOf.length);
    const next = this.starts.slice();
    groupOf.forEach((group, row) => (this.members[next[group]++] = row));
    this.rowOf = rowsById(dataset.ids);
  }

  row(instanceId: string): number | undefined {
    return this.rowOf.get(instanceId);
  }

  /** The group of a row: rows of one group are alike. */
  group(row: number): number {
    return this.groupOf[row];
  }

  areAlike(oneId: string, otherId: string): boolean {
    const [one, other] = [this.row(oneId), this.row(otherId)];
    return one !== undefined && other !== undefined && this.groupOf[one] === this.groupOf[other];
  }

  /** The instances alike this one, itself left out. */
  othersOf(instanceId: string): string[] {
    const row = this.rowOf.get(instanceId);
    if (row === undefined) return [];
    const group = this.groupOf[row];
    const members = Array.from(this.members.subarray(this.starts[group], this.starts[group + 1]));
    return members.filter((other) => other !== row).map((other) => this.dataset.ids[other]);
  }
}
