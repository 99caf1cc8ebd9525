import type { AlertTable } from '../../schema/alert-table.js';
import type { AxisTable } from '../../schema/axis-table.js';
import type { PanelData } from '../../schema/panels/registry.js';
import type { PredictionTable } from '../../schema/prediction-table.js';
import type { ResultDocument, Settings } from '../../schema/result-document.js';
import type { ExperimentKind } from '../../schema/vocabulary.js';

/** What is known when an experiment begins. */
export interface ExperimentStart {
  readonly kind: ExperimentKind;
  readonly project: string;
  readonly dataset: string;
  readonly name?: string;
  /** The experiment to take up again (a labelling loop); its result, if it has one, holds until the new one is whole. */
  readonly reopen?: string;
  readonly settings: Settings;
}

/** A file of a result besides those that the workspace makes itself; `written` is in the folder already. */
export type ResultFile = { readonly name: string } & (
  | { readonly json: unknown }
  | { readonly content: string | Uint8Array }
  | { readonly written: true }
);

/** The document before it is saved: `artifacts`, and in `run` the id, the name and the database, are the workspace's to fill. */
export type UnsavedDocument = Omit<ResultDocument, 'artifacts' | 'run' | 'panels' | 'warnings'> & {
  readonly warnings: readonly string[];
  readonly panels: readonly Readonly<ResultDocument['panels'][number]>[];
  readonly run: Omit<ResultDocument['run'], 'id' | 'name' | 'database'>;
};

/** What an experiment hands over when it is done. */
export interface FinishedResult {
  readonly document: UnsavedDocument;
  readonly files: readonly ResultFile[];
  readonly predictions?: PredictionTable;
  readonly alerts?: AlertTable;
  readonly axes?: AxisTable;
  readonly statistics?: PanelData<'feature-statistics'>;
}
