import type { LabelSetPage } from '../../../src/schema/api/labels.js';
import type { LabelSetName, Source } from '../source/source.js';
import type { LabelsState } from './labels-state.js';

/** What the parts of the labels pages share: the set, what it says now, what the address asks for, and how to change it. */
export interface LabelsStore {
  readonly source: Source;
  readonly name: LabelSetName;
  readonly page: LabelSetPage;
  readonly state: LabelsState;
  readonly change: (changes: Partial<LabelsState>, remember?: 'push' | 'replace') => void;
  /** Leads to the labelled instances that a filter leaves. */
  readonly showInstances: (filter: Partial<LabelsState>) => void;
  /** Asks anew what the set says. */
  readonly refresh: () => void;
}
