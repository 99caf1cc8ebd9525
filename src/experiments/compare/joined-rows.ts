import type { ComparedPart } from '../../schema/compared-part.js';
import { commonRows } from './common-rows.js';

/** The n instances that two experiments have both judged; columns of length n, in the order of the smaller id's part. */
export interface JoinedRows {
  readonly baseline: ComparedPart;
  readonly other: ComparedPart;
  /** Rows of each part. */
  readonly baselineRow: Uint32Array;
  readonly otherRow: Uint32Array;
  /** 1 malicious, 0 benign, -1 unknown or contradictory. */
  readonly label: Int8Array;
  /** Index into `families`, -1 without. */
  readonly family: Int32Array;
  readonly families: readonly string[];
  readonly baselineValue: Float64Array;
  readonly otherValue: Float64Array;
  /** 1: called malicious. */
  readonly baselineCalls: Uint8Array;
  readonly otherCalls: Uint8Array;
  readonly contradictory: number;
}

/** Joins two parts by instance_id. A label that only one of the two knows is taken from there. O(n + m). */
export function joinParts(baseline: ComparedPart, other: ComparedPart): JoinedRows {
  // Sums depend on the order of their terms: which experiment is the baseline must not.
  const turned = other.experiment.id < baseline.experiment.id;
  const joined = turned ? commonRows(other.ids, baseline.ids) : commonRows(baseline.ids, other.ids);
  const [first, second] = turned ? [joined.second, joined.first] : [joined.first, joined.second];
  const n = first.length;
  const label = new Int8Array(n);
  const family = new Int32Array(n);
  const families = [...baseline.family.names];
  const codeOf = new Map(families.map((name, code) => [name, code]));
  const ofOther = other.family.names.map((name) => {
    const known = codeOf.get(name);
    if (known !== undefined) return known;
    codeOf.set(name, families.length);
    return families.push(name) - 1;
  });
  let contradictory = 0;
  for (let k = 0; k < n; k++) {
    const [a, b] = [baseline.label[first[k]], other.label[second[k]]];
    const agree = a === b || a === -1 || b === -1;
    if (!agree) contradictory++;
    label[k] = agree ? Math.max(a, b) : -1;
    const code = other.family.codes[second[k]];
    family[k] = a !== -1 ? baseline.family.codes[first[k]] : code < 0 ? -1 : ofOther[code];
  }
  const baselineValue = gather(baseline.value, first);
  const otherValue = gather(other.value, second);
  return {
    baseline,
    other,
    baselineRow: first,
    otherRow: second,
    label,
    family,
    families,
    baselineValue,
    otherValue,
    baselineCalls: calls(baselineValue, baseline.threshold),
    otherCalls: calls(otherValue, other.threshold),
    contradictory,
  };
}

function gather(values: Float64Array, rows: Uint32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) gathered[k] = values[rows[k]];
  return gathered;
}

function calls(values: Float64Array, threshold: number): Uint8Array {
  const called = new Uint8Array(values.length);
  for (let k = 0; k < values.length; k++) called[k] = values[k] > threshold ? 1 : 0;
  return called;
}
