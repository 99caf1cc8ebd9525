/** Cells of a neighbour that are taken over, and what the model says with all of them. */
export interface TurningChanges {
  /** Which of the differences, the most effective first. */
  readonly taken: readonly number[];
  readonly value: number;
}

/** What a model makes of one instance after each list of changes. */
export type ValuesAfter = (lists: readonly (readonly number[])[]) => Float64Array;

/**
 * How few differences to its nearest unlike neighbour an instance must take over for the model to call it otherwise:
 * the difference that alone moves the value most is taken first, then the next, until the verdict turns (the idea of
 * NICE: Brughmans, Leyman and Martens 2023, with the effects measured once, not anew at each step); then whatever turned
 * out to be needless is given back. Not proven to be the fewest. Null where even all of them do not turn it. Some
 * 3·count values are asked for.
 * @param count how many differences there are
 * @param value what the model says of the instance as it is
 */
export function turningChanges(
  count: number,
  value: number,
  threshold: number,
  valuesAfter: ValuesAfter,
): TurningChanges | null {
  if (count === 0) return null;
  const isMalicious = value > threshold;
  const turned = (after: number): boolean => after > threshold !== isMalicious;
  const alone = valuesAfter(Array.from({ length: count }, (_, k) => [k]));
  const towards = (k: number): number => (isMalicious ? alone[k] : -alone[k]);
  const order = Array.from({ length: count }, (_, k) => k).sort((a, b) => towards(a) - towards(b) || a - b);
  const cumulated = valuesAfter(order.map((_, k) => order.slice(0, k + 1)));
  const needed = cumulated.findIndex(turned);
  if (needed < 0) return null;
  let taken = order.slice(0, needed + 1);
  let reached = cumulated[needed];
  // Effects overlap: with the later ones an earlier one may be idle. The last one turned it and stays.
  for (let k = taken.length - 2; k >= 0; k--) {
    const without = taken.toSpliced(k, 1);
    const [after] = valuesAfter([without]);
    if (!turned(after)) continue;
    taken = without;
    reached = after;
  }
  return { taken, value: reached };
}
