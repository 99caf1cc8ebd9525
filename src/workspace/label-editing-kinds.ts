import type { FamilyEdit } from '../schema/family-edit.js';
import { planFamilyEdit } from './label-editing.js';
import type { SetOperation } from './label-editing-apply.js';
import { type GroupLabel, planGroupLabel } from './label-editing-group.js';
import { type ImportOptions, type LabelFile, planImport } from './label-editing-import.js';
import { LabelHistory } from './label-editing-operations.js';
import { planUndo } from './label-editing-undo.js';

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
