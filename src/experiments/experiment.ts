import type { CancelSignal, Executor } from '../ml/fit-context.js';
import type { AlertTable } from '../schema/alert-table.js';
import type { AxisTable } from '../schema/axis-table.js';
import type { PredictionTable } from '../schema/prediction-table.js';
import type { PanelData } from '../schema/panels/registry.js';
import type { AnyPanel, Settings } from '../schema/result-document.js';

/** What the world gives to an experiment. */
export interface ExperimentContext {
  readonly seed: number;
  readonly executor: Executor;
  readonly signal?: CancelSignal;
  /** A stage of the work begins; the caller keeps the time. */
  stage(name: string): void;
  /** Is up so many seconds from now. */
  timeLimit?(seconds: number): CancelSignal;
  progress?(done: number, total: number, note?: string): void;
  /** Lets signals, timers and output of the calling thread have their turn. */
  turn?(): Promise<void>;
}

/** What an experiment found, before it is saved. The same input, settings and seed give the same outcome. */
export interface ExperimentOutcome {
  readonly settings: Settings;
  readonly warnings: readonly string[];
  readonly headline: Readonly<Record<string, number | null>>;
  readonly panels: readonly AnyPanel[];
  readonly predictions?: PredictionTable;
  /** Of each feature, for a table of their own. */
  readonly statistics?: PanelData<'feature-statistics'>;
  /** Of each feature on each component, for a table of their own. */
  readonly axes?: AxisTable;
  /** Every alert, for a table of their own. */
  readonly alerts?: AlertTable;
  /** JSON files besides the document, such as model.json. */
  readonly files: readonly { readonly name: string; readonly json: unknown }[];
}
