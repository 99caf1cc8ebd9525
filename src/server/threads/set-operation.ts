import type { SetChange } from '../../schema/api/labels.js';
import type { SetOperation } from '../../workspace/label-editing-apply.js';
import type { ClusterLabel } from '../../workspace/label-editing-cluster.js';
import { clusterOperation, familyOperation, undoOperation } from '../../workspace/label-editing-kinds.js';

/** Members of the cluster that a change is about; none for any other change. */
export type ClusterMembers = ClusterLabel['members'];

/** The operation that a page asks for. */
export function setOperation(change: SetChange, members: ClusterMembers = []): SetOperation {
  switch (change.operation) {
    case 'undo':
      return undoOperation(change.number);
    case 'label-cluster':
      return clusterOperation({ ...change, members });
    default:
      return familyOperation(change);
  }
}
