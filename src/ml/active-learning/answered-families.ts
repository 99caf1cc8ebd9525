import type { LabellingState } from './strategy.js';

/** A family that has answers. The same name under two labels is two families. */
export interface AnsweredFamily {
  readonly label: 0 | 1;
  /** Index into the state's families, -1 for the answers without one. */
  readonly family: number;
  /** Ascending. */
  readonly rows: readonly number[];
}

/** Families with answers, of one label or (null) of both: the benign first, then in the order of their names. O(n). */
export function answeredFamilies({ label, family }: LabellingState, wanted: 0 | 1 | null): AnsweredFamily[] {
  const found = new Map<string, { label: 0 | 1; family: number; rows: number[] }>();
  for (let row = 0; row < label.length; row++) {
    const own = label[row];
    if (own === -1 || (wanted !== null && own !== wanted)) continue;
    const key = `${own} ${family[row]}`;
    const known = found.get(key);
    if (known) known.rows.push(row);
    else found.set(key, { label: own === 1 ? 1 : 0, family: family[row], rows: [row] });
  }
  return [...found.values()].sort((a, b) => a.label - b.label || a.family - b.family);
}
