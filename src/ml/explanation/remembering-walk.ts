import type { PathTree } from './path-tree.js';
import { goesLeft, type Walk } from './tree-walk.js';

/** Answers that fit into a number as bits. */
const mostQuestions = 31;
/** Rows of different answers that are kept of one tree: some megabytes at most. */
const mostKept = 20_000;

/**
 * A walk that remembers: what a tree contributes hangs on the answers to its questions alone, and to those of a small
 * tree most rows give answers that others gave before. A tree of more than 31 different questions is walked each time.
 */
export function rememberingWalk(walk: Walk, tree: PathTree, columns: number): Walk {
  const questions = questionsOf(tree);
  if (questions.length > mostQuestions) return walk;
  const features = Int32Array.from(new Set(questions.map(({ feature }) => feature)));
  const asked = Int32Array.from(questions, ({ feature }) => feature);
  const thresholds = Float64Array.from(questions, ({ threshold }) => threshold);
  const missing = Uint8Array.from(questions, ({ missingLeft }) => missingLeft);
  const kept = new Map<number, Float64Array>();
  const row = new Float64Array(columns);
  const contributions = new Float64Array(columns);
  const walkAnew = (values: Float64Array, offset: number): Float64Array => {
    for (const feature of features) {
      row[feature] = values[offset + feature];
      contributions[feature] = 0;
    }
    walk.add(row, 0, contributions);
    return Float64Array.from(features, (feature) => contributions[feature]);
  };
  return {
    add(values, offset, out) {
      let answers = 0;
      for (let k = 0; k < asked.length; k++) {
        answers |= goesLeft(values[offset + asked[k]], thresholds[k], missing[k]) << k;
      }
      let found = kept.get(answers);
      if (!found) {
        found = walkAnew(values, offset);
        if (kept.size < mostKept) kept.set(answers, found);
      }
      for (let m = 0; m < features.length; m++) out[offset + features[m]] += found[m];
    },
  };
}

interface Question {
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: number;
}

/** The different questions of a tree, in the order of its nodes. */
function questionsOf({ nodes, feature, threshold, missingLeft }: PathTree): Question[] {
  const questions: Question[] = [];
  const seen = new Set<string>();
  for (let i = 1; i < nodes && questions.length <= mostQuestions; i++) {
    const key = `${feature[i]} ${threshold[i]} ${missingLeft[i]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    questions.push({ feature: feature[i], threshold: threshold[i], missingLeft: missingLeft[i] });
  }
  return questions;
}
