import { UserError } from '../../errors.js';
import type { ModelJson } from '../classifiers/classifier.js';
import { type FeatureMatrix, type SparseMatrix, selectRows } from '../matrix/feature-matrix.js';
import { type KernelFunction, kernelKinds } from './kernel-function.js';
import { KernelPoints } from './kernel-points.js';
import { type CellScaling, type ScaledRows, scaledRows } from './scaled-rows.js';

/** Decision functions over a kernel: f_k(x) = Σ_s factor_ks · K(support vector s, x) + bias_k. */
export interface SupportVectors {
  readonly kernel: KernelFunction;
  readonly scaling: CellScaling;
  /** The rows of which some factor is not 0, as the kernel sees them. */
  readonly points: ScaledRows;
  /** One list for each decision function, of length s. */
  readonly factors: readonly Float64Array[];
  readonly biases: readonly number[];
}

/** Rows that are scaled at a time. */
const rowsAtOnce = 1024;

/** Keeps of `rows` those that a decision function needs. */
export function supportVectors(
  kernel: KernelFunction,
  scaling: CellScaling,
  rows: ScaledRows,
  functions: readonly { readonly factors: Float64Array; readonly bias: number }[],
): SupportVectors {
  const needed = Uint32Array.from(rows.norm.keys()).filter((i) => functions.some(({ factors }) => factors[i] !== 0));
  const points: ScaledRows = {
    cells: selectRows(rows.cells, needed) as SparseMatrix,
    norm: Float64Array.from(needed, (i) => rows.norm[i]),
    centring: Float64Array.from(needed, (i) => rows.centring[i]),
  };
  return {
    kernel,
    scaling,
    points,
    factors: functions.map(({ factors }) => Float64Array.from(needed, (i) => factors[i])),
    biases: functions.map(({ bias }) => bias),
  };
}

/**
 * A function that gives f_k(x) of every row of X (n×d) and decision function k, n×k row-major; always finite. Support
 * vectors are taken in blocks of columns. O(n · cells of the support vectors) at most. Throws RangeError for missing
 * cells.
 */
export function kernelDecisions(model: SupportVectors): (X: FeatureMatrix) => Float64Array {
  const { kernel, scaling, points, factors, biases } = model;
  const count = points.norm.length;
  const room = Math.ceil(count / 4) * 4;
  const all = Uint32Array.from(points.norm.keys());
  const against = new KernelPoints(points, kernel, all, 8 * room * factors.length);
  against.load(all);
  const addresses = factors.map((list, k) => {
    const address = against.reserved + 8 * room * k;
    new Float64Array(against.buffer, address, room).set(list);
    return address;
  });
  return (X) => {
    const k = factors.length;
    const out = new Float64Array(X.rows * k);
    const sums = new Float64Array(k);
    for (let from = 0; from < X.rows; from += rowsAtOnce) {
      const some = Uint32Array.from({ length: Math.min(rowsAtOnce, X.rows - from) }, (_, i) => from + i);
      const rows = scaledRows(selectRows(X, some), scaling);
      for (let i = 0; i < some.length; i++) {
        against.weightedSums(rows, i, addresses, sums);
        for (let f = 0; f < k; f++) out[(from + i) * k + f] = finite(sums[f] + biases[f]);
      }
    }
    return out;
  };
}

/** A power of a value far off may be more than a double holds. */
function finite(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.max(-1e300, Math.min(1e300, value));
}

/** wᵀ z = Σ factor · u·z, of the linear kernel: the weight of each standardised feature, length d. */
export function linearWeights({ scaling, points }: SupportVectors, factors: Float64Array): Float64Array {
  const { rowStart, columnIndex, values } = points.cells;
  const weights = new Float64Array(scaling.shift.length);
  let total = 0;
  for (let s = 0; s < factors.length; s++) {
    total += factors[s];
    for (let at = rowStart[s]; at < rowStart[s + 1]; at++) weights[columnIndex[at]] += factors[s] * values[at];
  }
  return weights.map((weight, j) => weight - total * scaling.centre[j]);
}

export function supportVectorsToJson({ kernel, scaling, points, factors, biases }: SupportVectors): ModelJson {
  const { rowStart, columnIndex, values } = points.cells;
  return {
    kernel: { ...kernel },
    shift: Array.from(scaling.shift),
    unit: Array.from(scaling.unit),
    centre: Array.from(scaling.centre),
    rowStart: Array.from(rowStart),
    columnIndex: Array.from(columnIndex),
    values: Array.from(values),
    norm: Array.from(points.norm),
    centring: Array.from(points.centring),
    factors: factors.map((list) => Array.from(list)),
    biases: [...biases],
  };
}

/** Throws UserError where the JSON is no such model or could not be applied safely. */
export function supportVectorsFromJson(json: ModelJson, functions: number): SupportVectors {
  const shift = numbers(json, 'shift');
  const d = shift.length;
  const scaling = { shift, unit: numbers(json, 'unit', d), centre: numbers(json, 'centre', d) };
  const norm = numbers(json, 'norm');
  const rows = norm.length;
  const rowStart = Uint32Array.from(numbers(json, 'rowStart', rows + 1));
  const values = numbers(json, 'values');
  const columnIndex = Uint32Array.from(numbers(json, 'columnIndex', values.length));
  checkCells(rowStart, columnIndex, d);
  const { factors, biases } = json;
  if (!Array.isArray(factors) || factors.length !== functions) throw malformed('factors');
  return {
    kernel: kernelFromJson(json.kernel),
    scaling,
    points: {
      cells: { kind: 'sparse', rows, columns: d, rowStart, columnIndex, values },
      norm,
      centring: numbers(json, 'centring', rows),
    },
    factors: factors.map((list: unknown) => numbers({ factors: list }, 'factors', rows)),
    biases: Array.from(numbers({ biases }, 'biases', functions)),
  };
}

function kernelFromJson(json: unknown): KernelFunction {
  const { kind, gamma, coef0, degree } = (json ?? {}) as Partial<KernelFunction>;
  const known = kernelKinds.find((one) => one === kind);
  const sound = [gamma, coef0, degree].every(Number.isFinite) && Number.isInteger(degree);
  if (!known || !sound) throw malformed('kernel');
  return { kind: known, gamma: gamma as number, coef0: coef0 as number, degree: degree as number };
}

/** WebAssembly is told where cells belong: none may lie outside. */
function checkCells(rowStart: Uint32Array, columnIndex: Uint32Array, d: number): void {
  if (rowStart[0] !== 0 || rowStart[rowStart.length - 1] !== columnIndex.length) throw malformed('rowStart');
  for (let i = 1; i < rowStart.length; i++) {
    if (rowStart[i] < rowStart[i - 1]) throw malformed('rowStart');
    for (let at = rowStart[i - 1]; at < rowStart[i]; at++) {
      const inside = columnIndex[at] < d && (at === rowStart[i - 1] || columnIndex[at] > columnIndex[at - 1]);
      if (!inside) throw malformed('columnIndex');
    }
  }
}

function numbers(json: ModelJson, name: string, length?: number): Float64Array {
  const list = json[name];
  if (!Array.isArray(list) || (length !== undefined && list.length !== length) || !list.every(Number.isFinite)) {
    throw malformed(name);
  }
  return Float64Array.from(list as number[]);
}

function malformed(what: string): UserError {
  return new UserError(`the model is no kernel machine: its ${what} cannot be`);
}
