/**
 * The threshold above which scores are called malicious with the largest balanced accuracy (mean of detection rate and
 * specificity); of equally good ones the highest; half way between two scores. Rows of both classes are needed.
 * O(n·log n).
 * @param scores length n, larger = more malicious
 * @param malicious length n: 1 malicious, 0 benign
 */
export function separatingThreshold(scores: Float64Array, malicious: Uint8Array): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
  const positives = malicious.reduce((sum, mark) => sum + mark, 0);
  const negatives = malicious.length - positives;
  let [found, raised] = [0, 0];
  let best = { gain: 0, threshold: scores[order[0]] };
  for (let k = 0; k < order.length; k++) {
    if (malicious[order[k]] === 1) found++;
    else raised++;
    const score = scores[order[k]];
    const next = k + 1 < order.length ? scores[order[k + 1]] : score - 1e-9 * Math.max(1, Math.abs(score));
    if (next === score) continue;
    const gain = found / positives - raised / negatives;
    if (gain > best.gain) best = { gain, threshold: score / 2 + next / 2 };
  }
  return best.threshold;
}
