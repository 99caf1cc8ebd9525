import type { CodedColumn } from './prediction-table.js';
import type { Settings } from './result-document.js';

/** A part of an experiment that could be compared with one of another. */
export interface ComparablePart {
  /** `train`, `test`, `cv`, `fold.N`, `unlabeled`, `dataset:NAME`. */
  readonly name: string;
  /** The dataset whose instances these are: ids mean the same only within it. */
  readonly project: string;
  readonly dataset: string;
  /** The model has not been trained on the instances it judged here. */
  readonly heldOut: boolean;
}

/** What one experiment says of the n instances of one part, as columns. Texts are hostile. */
export interface ComparedPart {
  readonly experiment: {
    readonly id: string;
    readonly name: string | null;
    /** Besides what `settings` holds: the content of the dataset it was computed on. */
    readonly datasetHash: string;
    readonly settings: Settings;
  };
  readonly part: ComparablePart;
  /** Distinct. */
  readonly ids: readonly string[];
  identOf(row: number): string;
  /** 1 malicious, 0 benign, -1 unknown. */
  readonly label: Int8Array;
  readonly family: CodedColumn;
  /** What decides: malicious iff it is greater than the threshold. No NaN. */
  readonly value: Float64Array;
  readonly scale: 'probability' | 'score';
  readonly threshold: number;
}
