import { unseenFamilies } from '../../ml/active-learning/unseen-families.js';
import type { GivenLabel } from '../../schema/labelling.js';
import type { LoopState } from './loop-state.js';

/** Answers that the last families are counted over. */
const recent = 100;

/**
 * Whether going on pays, in plain sentences. What is said of families not met yet (unseenFamilies) is of the answers to
 * queries such as these, not of the data: the queries of a strategy are no fair sample.
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
  const estimate = unseenFamilies([...counts.values()]);
  if (estimate !== null && estimate.answers >= 20) {
    const { met, once, unseenShare, families } = estimate;
    const most = `${Math.max(1, Math.ceil(100 * unseenShare.high))} %`;
    advice.push(
      once === 0
        ? `every family met so far was met more than once: of further answers at most ${most} would be of a new one`
        : `about ${percent(unseenShare.value)} (at most ${most}) of further answers would be of a family not met yet: ${once} of ${met} families were met once, which speaks for ${Math.round(families.value)} in all`,
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
