import type { GivenLabel } from '../../schema/labelling.js';
import type { LoopState } from './loop-state.js';

/** Answers that the last families are counted over. */
const recent = 100;

/**
 * Whether going on pays, in plain sentences. The share of answers that would be of a family not met yet is estimated by
 * that of families met once (Good 1953; Turing's estimate): the queries of a strategy are no fair sample, and so this is
 * said of what the strategy asks, not of the data.
 */
export function loopAdvice(state: LoopState, labels: ReadonlyMap<string, GivenLabel>): string[] {
  const answers = state.queries.flatMap(({ instanceId }) => {
    const given = labels.get(instanceId);
    return given ? [given] : [];
  });
  const advice: string[] = [];
  const counts = new Map<string, number>();
  for (const { label, family } of answers) {
    if (family === null) continue;
    const key = `${label} ${family}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const named = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (named >= 20) {
    const once = [...counts.values()].filter((count) => count === 1).length;
    const share = once / named;
    advice.push(
      once === 0
        ? 'every family met so far was met more than once: more queries of this kind will hardly find new ones'
        : `about ${percent(share)} of further answers would be of a family not met yet (${once} of ${counts.size} families were met once)`,
    );
  }
  const last = answers.slice(-recent);
  const before = answers.slice(0, -recent);
  if (before.length >= recent) {
    const known = new Set(before.map(({ label, family }) => `${label} ${family}`));
    const fresh = new Set(last.map(({ label, family }) => `${label} ${family}`).filter((key) => !known.has(key)));
    if (fresh.size === 0) advice.push(`the last ${recent} answers brought no new family`);
    else
      advice.push(`the last ${recent} answers brought ${fresh.size} new ${fresh.size === 1 ? 'family' : 'families'}`);
  }
  const quality = state.history.map(({ figures }) => figures['cv.rocAuc'] ?? null);
  const [earlier, latest] = [quality.at(-4) ?? null, quality.at(-1) ?? null];
  if (earlier !== null && latest !== null) {
    const gain = latest - earlier;
    advice.push(
      Math.abs(gain) < 0.002
        ? `the model has stopped changing: its cross-validated ROC AUC moved by ${gain.toFixed(4)} in three iterations`
        : `the model's cross-validated ROC AUC ${gain > 0 ? 'rose' : 'fell'} by ${Math.abs(gain).toFixed(3)} in three iterations`,
    );
  }
  return advice;
}

function percent(share: number): string {
  return share < 0.01 ? 'less than 1 %' : `${Math.round(100 * share)} %`;
}
