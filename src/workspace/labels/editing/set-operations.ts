import type { FamilyEdit } from '../../../schema/family-edit.js';
import { planFamilyEdit } from './plan-family-edit.js';
import type { SetOperation } from './apply-operation.js';
import { type GroupLabel, planGroupLabel } from './plan-group-label.js';
import { type ImportOptions, type LabelFile, planImport } from './import-labels.js';
import { LabelHistory } from './label-history.js';
import { planUndo } from './plan-undo.js';

/** A change of families. */
export function familyOperation(edit: FamilyEdit): SetOperation {
  return { kind: `family ${edit.operation}`, plan: ({ current }) => planFamilyEdit(current, edit) };
}

/** The labels of a file. */
export function importOperation(file: LabelFile, options: ImportOptions): SetOperation {
  return { kind: 'labels import', plan: ({ current }) => planImport(current, file, options) };
}

/** One label for a whole cluster, or for an area of a projection. */
export function groupOperation(kind: 'labels cluster' | 'labels area', wanted: GroupLabel): SetOperation {
  return { kind, plan: ({ current }) => planGroupLabel(current, wanted) };
}

/** Taking back the last operation, or the one that event `number` belongs to. */
export function undoOperation(number?: number): SetOperation {
  return { kind: 'labels undo', plan: ({ events }) => planUndo(new LabelHistory(events), number) };
}
