import type { CodedColumn, PredictionTable } from '../../schema/prediction-table.js';
import { ranks } from '../../ml/metrics/ranking.js';
import { decisionThreshold, type JudgedPart } from './judged-part.js';
import type { ClassifySettings } from './settings.js';

/** Rows of all parts, one below the other, as the columns that are stored. */
export function predictionTable(judged: readonly JudgedPart[], settings: ClassifySettings): PredictionTable {
  const rows = judged.reduce((sum, part) => sum + part.ids.length, 0);
  const fold = new Int32Array(rows);
  const probability = new Float64Array(rows);
  const score = new Float64Array(rows);
  const rank = new Uint32Array(rows);
  const instanceId = new Array<string>(rows);
  const ident = new Array<string>(rows);
  const part = new CodedColumnBuilder(rows);
  const label = new CodedColumnBuilder(rows);
  const family = new CodedColumnBuilder(rows);
  const predicted = new CodedColumnBuilder(rows);
  const credibility = new Float64Array(rows).fill(Number.NaN);
  const rejected = new CodedColumnBuilder(rows);
  let at = 0;
  for (const rowsOfPart of judged) {
    const { truth, value, rejection } = rowsOfPart;
    const threshold = decisionThreshold(rowsOfPart, settings);
    rank.set(ranks(rankedBy(rowsOfPart)), at);
    probability.set(rowsOfPart.probability, at);
    score.set(rowsOfPart.score, at);
    if (rejection) credibility.set(rejection.credibility, at);
    fold.fill(rowsOfPart.fold, at, at + value.length);
    part.fill(rowsOfPart.part, at, at + value.length);
    for (let i = 0; i < value.length; i++, at++) {
      instanceId[at] = rowsOfPart.ids[i];
      ident[at] = rowsOfPart.idents[i];
      if (truth.label[i] !== -1) {
        label.set(at, truth.label[i] ? 'malicious' : 'benign');
        family.set(at, truth.family[i]);
      }
      if (rejection) rejected.set(at, rejection.rejected[i] ? 'yes' : 'no');
      const called = value[i] > threshold ? 'malicious' : 'benign';
      predicted.set(at, settings.multiclass ? rowsOfPart.classes[rowsOfPart.predictedClass[i]].name : called);
    }
  }
  return {
    rows,
    instanceId,
    ident,
    part: part.column(),
    fold,
    label: label.column(),
    family: family.column(),
    probability,
    score,
    predicted: predicted.column(),
    rank,
    ...(settings.reject && { credibility, rejected: rejected.column() }),
  };
}

/** The scores where there are some: probabilities of exactly 1 would tie what the scores tell apart. */
function rankedBy({ value, score }: JudgedPart): Float64Array {
  return score.some(Number.isNaN) ? value : score;
}

class CodedColumnBuilder {
  readonly #codes: Int32Array;
  readonly #index = new Map<string, number>();
  #lastName: string | undefined;
  #lastCode = -1;

  constructor(rows: number) {
    this.#codes = new Int32Array(rows).fill(-1);
  }

  set(row: number, name: string): void {
    // Most rows say what the one before them says.
    if (name !== this.#lastName) {
      this.#lastCode = this.#codeOf(name);
      this.#lastName = name;
    }
    this.#codes[row] = this.#lastCode;
  }

  /** Rows from `start` to `end`. */
  fill(name: string, start: number, end: number): void {
    if (end > start) this.#codes.fill(this.#codeOf(name), start, end);
  }

  #codeOf(name: string): number {
    let code = this.#index.get(name);
    if (code === undefined) {
      code = this.#index.size;
      this.#index.set(name, code);
    }
    return code;
  }

  column(): CodedColumn {
    return { names: [...this.#index.keys()], codes: this.#codes };
  }
}
