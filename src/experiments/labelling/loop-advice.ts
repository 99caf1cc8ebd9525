import { counted } from '../../errors.js';
import { unseenFamilies } from '../../ml/active-learning/unseen-families.js';
import type { GivenLabel } from '../../schema/labelling.js';
import type { LoopState } from './loop-state.js';

/** Answers that the last families are counted over. */
const recent = 100;
/** Answers with a family before anything is said of families not met yet. */
const leastAnswers = 20;
/** New families are worth going on for where more than one in so many answers would be of one. */
const worthAnswers = 50;
/** Iterations that the model's change is told over, and a change of its ROC AUC that is none. */
const span = 3;
const still = 0.002;

/** What one side says: whether it speaks for going on, in a few words and in a sentence. */
interface Sign {
  readonly pays: boolean;
  readonly words: string;
  readonly sentences: readonly string[];
}

/**
 * Whether going on pays, in plain sentences, the verdict first. What is said of families not met yet (unseenFamilies) is
 * of the answers to queries such as these, not of the data: the queries of a strategy are no fair sample. Going on pays
 * while more than one answer in fifty would be of a new family, or the model's cross-validated ROC AUC still moves by
 * .002 in three iterations; empty before anything was answered.
 */
export function loopAdvice(state: LoopState, labels: ReadonlyMap<string, GivenLabel>): string[] {
  const answers = state.queries.flatMap(({ instanceId }) => labels.get(instanceId) ?? []);
  if (answers.length === 0) return [];
  const signs = [ofFamilies(answers), ofModel(state)].filter((sign) => sign !== null);
  const sentences = signs.flatMap((sign) => sign.sentences);
  const speaking = signs.filter(({ pays }) => pays);
  if (signs.length === 0) {
    return [
      `too early to say whether going on pays: it takes ${leastAnswers} answers with a family, or a model over ${span + 1} iterations`,
    ];
  }
  const words = (speaking.length > 0 ? speaking : signs).map((sign) => sign.words).join(', and ');
  return [`going on ${speaking.length > 0 ? 'pays' : 'hardly pays'}: ${words}`, ...sentences];
}

function ofFamilies(answers: readonly GivenLabel[]): Sign | null {
  const keys = answers.flatMap(({ label, family }) => (family === null ? [] : [`${label} ${family}`]));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const estimate = unseenFamilies([...counts.values()]);
  if (estimate === null || estimate.answers < leastAnswers) return null;
  const { met, once, unseenShare, families } = estimate;
  const most = `${Math.max(1, Math.ceil(100 * unseenShare.high))} %`;
  const pays = unseenShare.value * worthAnswers > 1;
  const sentences = [
    once === 0
      ? `every family met so far was met more than once: of further answers at most ${most} would be of a new one`
      : `about ${percent(unseenShare.value)} (at most ${most}) of further answers would be of a family not met yet: ${once} of ${counted(met, 'family', 'families')} were met once, which speaks for ${Math.round(families.value)} in all`,
  ];
  const before = new Set(keys.slice(0, -recent));
  if (keys.length >= 2 * recent) {
    const fresh = new Set(keys.slice(-recent).filter((key) => !before.has(key))).size;
    sentences.push(
      `the last ${recent} answers brought ${fresh === 0 ? 'no new family' : counted(fresh, 'new family', 'new families')}`,
    );
  }
  return { pays, words: pays ? 'families nobody met yet are likely' : 'new families are unlikely', sentences };
}

function ofModel({ history }: LoopState): Sign | null {
  const quality = history.map(({ figures }) => figures['cv.rocAuc'] ?? null);
  const [earlier, latest] = [quality.at(-1 - span) ?? null, quality.at(-1) ?? null];
  if (earlier === null || latest === null) return null;
  const gain = latest - earlier;
  const pays = Math.abs(gain) >= still;
  const sentence = pays
    ? `the model's cross-validated ROC AUC ${gain > 0 ? 'rose' : 'fell'} by ${Math.abs(gain).toFixed(3)} in three iterations`
    : `the model has stopped changing: its cross-validated ROC AUC moved by ${gain.toFixed(4)} in three iterations`;
  return { pays, words: `the model ${pays ? 'still changes' : 'has stopped changing'}`, sentences: [sentence] };
}

function percent(share: number): string {
  return share < 0.01 ? 'less than 1 %' : `${Math.round(100 * share)} %`;
}
