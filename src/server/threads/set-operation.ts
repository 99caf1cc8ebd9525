import type { SetChange } from '../../schema/api/labels.js';
import type { SetOperation } from '../../workspace/labels/editing/apply-operation.js';
import type { GroupLabel } from '../../workspace/labels/editing/plan-group-label.js';
import { familyOperation, groupOperation, undoOperation } from '../../workspace/labels/editing/set-operations.js';

/** Members of the group that a change is about; none for any other change. */
export type GroupMembers = GroupLabel['members'];

/** The operation that a page asks for. */
export function setOperation(change: SetChange, members: GroupMembers = []): SetOperation {
  switch (change.operation) {
    case 'undo':
      return undoOperation(change.number);
    case 'label-cluster':
      return groupOperation('labels cluster', { ...change, group: `cluster ${change.cluster}`, members });
    case 'label-area':
      return groupOperation('labels area', { ...change, group: 'the chosen area', members });
    default:
      return familyOperation(change);
  }
}

/** May the change be the first thing that is written into a set? */
export const mayBegin = ({ operation }: SetChange): boolean => operation.startsWith('label-');
