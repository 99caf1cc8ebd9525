/** The likeliest of the k classes whose probabilities begin at `at`, and by how much it leads the next one. */
export function twoLikeliest(probabilities: Float64Array, at: number, k: number): { first: number; margin: number } {
  let first = 0;
  let second = -1;
  for (let c = 1; c < k; c++) {
    if (probabilities[at + c] > probabilities[at + first]) {
      second = first;
      first = c;
    } else if (second === -1 || probabilities[at + c] > probabilities[at + second]) second = c;
  }
  return {
    first,
    margin: second === -1 ? probabilities[at + first] : probabilities[at + first] - probabilities[at + second],
  };
}
