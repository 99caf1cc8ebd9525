import type { SetChange } from '../../schema/api/labels.js';
import type { SetOperation } from '../../workspace/label-editing-apply.js';
import { familyOperation, undoOperation } from '../../workspace/label-editing-kinds.js';

/** The operation that a page asks for. */
export function setOperation(change: SetChange): SetOperation {
  return change.operation === 'undo' ? undoOperation(change.number) : familyOperation(change);
}
