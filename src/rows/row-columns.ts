import type { CodedColumn, PredictionTable } from '../schema/prediction-table.js';
import { actualClasses } from './actual-classes.js';
import type { RowTexts } from './row-texts.js';

/** The columns of a prediction table whose texts stay bytes until somebody reads them. */
export interface StoredColumns extends Omit<PredictionTable, 'instanceId' | 'ident'> {
  readonly instanceId: RowTexts;
  readonly ident: RowTexts;
  /** How many instance ids come before that of the row in the order of code points (see textRanks). */
  readonly instanceIdOrder: Uint32Array;
  readonly identOrder: Uint32Array;
}

/** Predictions as columns of length n that queries run on. */
export interface RowColumns extends StoredColumns {
  /** What a threshold is compared with: the probability, the score where there is none, else NaN. */
  readonly value: Float64Array;
  /** The true class as the confusion matrix names it, -1 for a row without a label (see actualClasses). */
  readonly actual: CodedColumn;
  /** Of a projection, where these are some of its rows: the range of all in each component. */
  readonly coordinateRanges?: readonly (readonly [number, number])[];
}

/**
 * The columns with what follows from them. O(n).
 * @param classes the model's classes as the confusion matrix names them; absent: as far as the rows tell
 */
export function rowColumns(stored: StoredColumns, classes?: readonly string[]): RowColumns {
  const { probability, score } = stored;
  const value = new Float64Array(stored.rows);
  for (let i = 0; i < value.length; i++) value[i] = Number.isNaN(probability[i]) ? score[i] : probability[i];
  return { ...stored, value, actual: actualClasses(stored, classes) };
}
