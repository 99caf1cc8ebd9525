import { descendingOrder } from '../../ml/metrics/row-order.js';
import type { ComparisonPair, VerdictChange } from '../../schema/comparison.js';
import type { LabelWord } from '../../schema/vocabulary.js';
import type { JoinedRows } from './joined-rows.js';

const shownFamilies = 100;

/** Counts of verdicts of one group of rows. */
interface VerdictCounts {
  instances: number;
  calledByBaseline: number;
  calledByOther: number;
  gained: number;
  lost: number;
}

const noCounts = (): VerdictCounts => ({ instances: 0, calledByBaseline: 0, calledByOther: 0, gained: 0, lost: 0 });

/** Verdicts by label: malicious, benign, without a label; groups without rows are left out. */
export function verdictsByLabel(rows: JoinedRows): ComparisonPair['verdicts'] {
  const groups = [noCounts(), noCounts(), noCounts()];
  for (let k = 0; k < rows.label.length; k++) count(groups[rows.label[k] + 1], rows, k);
  const [none, benign, malicious] = groups;
  const listed: ComparisonPair['verdicts'] = [
    { label: 'malicious', ...malicious },
    { label: 'benign', ...benign },
    { label: null, ...none },
  ];
  return listed.filter(({ instances }) => instances > 0);
}

/** Verdicts by label and family, those with most changes first. */
export function verdictsByFamily(rows: JoinedRows): ComparisonPair['families'] {
  const groups = new Map<number, VerdictCounts>();
  for (let k = 0; k < rows.label.length; k++) {
    if (rows.label[k] === -1 || rows.family[k] === -1) continue;
    const key = rows.family[k] * 2 + rows.label[k];
    let group = groups.get(key);
    if (!group) {
      group = noCounts();
      groups.set(key, group);
    }
    count(group, rows, k);
  }
  const listed = [...groups].map(([key, counts]) => ({
    family: rows.families[key >> 1],
    label: wordOf(key & 1),
    ...counts,
  }));
  listed.sort(
    (a, b) =>
      b.gained + b.lost - a.gained - a.lost ||
      b.instances - a.instances ||
      (a.family < b.family ? -1 : a.family > b.family ? 1 : a.label < b.label ? -1 : 1),
  );
  return { total: listed.length, rows: listed.slice(0, shownFamilies) };
}

function count(group: VerdictCounts, { baselineCalls, otherCalls }: JoinedRows, k: number): void {
  group.instances++;
  group.calledByBaseline += baselineCalls[k];
  group.calledByOther += otherCalls[k];
  if (otherCalls[k] > baselineCalls[k]) group.gained++;
  else if (otherCalls[k] < baselineCalls[k]) group.lost++;
}

/** The rows whose verdict changed, the largest change first. */
export interface VerdictChanges {
  readonly total: number;
  readonly scale: 'probability' | 'score' | 'rank';
  /** The k-th largest. */
  at(k: number): VerdictChange;
}

/**
 * Which instances the two experiments judge differently. Changes are of the probability where both experiments have
 * one; otherwise of the place in the order of the common rows, as a share, because scores of two models are on scales
 * of their own. Equal changes are in the order of the ids. O(n).
 */
export function verdictChanges(rows: JoinedRows): VerdictChanges {
  const { baselineCalls, otherCalls, baseline, other } = rows;
  const scale = baseline.scale === 'probability' && other.scale === 'probability' ? 'probability' : 'rank';
  const [from, to] =
    scale === 'rank'
      ? [shareBelow(rows.baselineValue), shareBelow(rows.otherValue)]
      : [rows.baselineValue, rows.otherValue];
  const changed = Uint32Array.from(baselineCalls.keys()).filter((k) => baselineCalls[k] !== otherCalls[k]);
  const idOf = (k: number): string => baseline.ids[rows.baselineRow[k]];
  const size = (k: number): number => Math.abs(to[k] - from[k]);
  changed.sort((a, b) => size(b) - size(a) || (idOf(a) < idOf(b) ? -1 : 1));
  const at = (place: number): VerdictChange => {
    const k = changed[place];
    return {
      instanceId: idOf(k),
      ident: baseline.identOf(rows.baselineRow[k]),
      label: rows.label[k] === -1 ? null : wordOf(rows.label[k]),
      family: rows.family[k] === -1 ? null : rows.families[rows.family[k]],
      baseline: { value: rows.baselineValue[k], verdict: wordOf(baselineCalls[k]) },
      other: { value: rows.otherValue[k], verdict: wordOf(otherCalls[k]) },
      change: to[k] - from[k],
    };
  };
  return { total: changed.length, scale, at };
}

/** For each value the share of the others that are lower, ties by half: 0 … 1. */
function shareBelow(values: Float64Array): Float64Array {
  const order = descendingOrder(values);
  const n = values.length;
  const share = new Float64Array(n);
  for (let from = 0; from < n; ) {
    let end = from;
    while (end < n && values[order[end]] === values[order[from]]) end++;
    const below = (n - end + (end - from - 1) / 2) / Math.max(1, n - 1);
    for (let k = from; k < end; k++) share[order[k]] = below;
    from = end;
  }
  return share;
}

function wordOf(bit: number): LabelWord {
  return bit === 1 ? 'malicious' : 'benign';
}
