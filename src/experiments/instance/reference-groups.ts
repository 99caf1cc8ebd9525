import type { Dataset } from '../../ml/matrix/dataset.js';
import type { ReferenceGroup } from '../../schema/api/instance.js';
import type { LabelWord } from '../../schema/vocabulary.js';
import { type Truth, truthOf } from '../classify/class-task.js';

/** Instances that one of them is held against, itself left out. */
export interface GroupRows {
  readonly group: ReferenceGroup;
  /** `benign`, `malicious`, or the family's name, which is hostile text. */
  readonly title: string;
  readonly rows: Uint32Array;
}

/** A dataset's instances by what is known of them. */
export class KnownInstances {
  readonly truth: Truth;
  private readonly rowOfId: ReadonlyMap<string, number>;

  constructor(readonly dataset: Dataset) {
    this.truth = truthOf(dataset);
    this.rowOfId = new Map(dataset.ids.map((id, row) => [id, row]));
  }

  /** The row of an instance, undefined for an unknown id. */
  rowOf(instanceId: string): number | undefined {
    return this.rowOfId.get(instanceId);
  }

  label(row: number): LabelWord | null {
    return wordOf(this.truth.label[row]);
  }

  family(row: number): string | null {
    return this.truth.family[row] || null;
  }

  /** The rows of a label; null: those without one. */
  rowsLabelled(label: LabelWord | null): Uint32Array {
    return Uint32Array.from(this.truth.label.keys()).filter((row) => this.label(row) === label);
  }

  /** The groups that `row` is held against; those without another instance are left out. O(n). */
  groupsOf(row: number): GroupRows[] {
    const { label, family } = this.truth;
    const rowsWhere = (holds: (i: number) => boolean): Uint32Array => {
      const rows = new Uint32Array(label.length);
      let count = 0;
      for (let i = 0; i < label.length; i++) if (i !== row && holds(i)) rows[count++] = i;
      return rows.slice(0, count);
    };
    const groups: GroupRows[] = [
      { group: 'benign', title: 'benign', rows: rowsWhere((i) => label[i] === 0) },
      { group: 'malicious', title: 'malicious', rows: rowsWhere((i) => label[i] === 1) },
    ];
    if (family[row] !== '') {
      const own = rowsWhere((i) => label[i] === label[row] && family[i] === family[row]);
      groups.push({ group: 'family', title: family[row], rows: own });
    }
    return groups.filter(({ rows }) => rows.length > 0);
  }
}

function wordOf(label: number): LabelWord | null {
  return label === 1 ? 'malicious' : label === 0 ? 'benign' : null;
}
