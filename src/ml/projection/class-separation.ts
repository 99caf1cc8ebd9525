/**
 * How far classes lie apart: of each class the mean distance of its points from each other, divided by their mean distance
 * from the points of other classes; the mean over classes with at least two points. Small is well apart, 1 not at all.
 * O(n²·k).
 * @param coordinates n×k
 * @param classes length n, -1 for a point without one, which counts for nothing
 * @returns null with fewer than two classes
 */
export function classSeparation(coordinates: Float64Array, components: number, classes: Int32Array): number | null {
  const count = classes.reduce((most, c) => Math.max(most, c + 1), 0);
  const own = new Float64Array(count);
  const ownPairs = new Float64Array(count);
  const others = new Float64Array(count);
  const otherPairs = new Float64Array(count);
  for (let i = 0; i < classes.length; i++) {
    if (classes[i] < 0) continue;
    for (let j = 0; j < i; j++) {
      if (classes[j] < 0) continue;
      let squared = 0;
      for (let c = 0; c < components; c++) {
        squared += (coordinates[i * components + c] - coordinates[j * components + c]) ** 2;
      }
      const distance = Math.sqrt(squared);
      if (classes[i] === classes[j]) {
        own[classes[i]] += distance;
        ownPairs[classes[i]]++;
      } else {
        for (const c of [classes[i], classes[j]]) {
          others[c] += distance;
          otherPairs[c]++;
        }
      }
    }
  }
  let [sum, counted] = [0, 0];
  for (let c = 0; c < count; c++) {
    if (ownPairs[c] === 0 || otherPairs[c] === 0 || others[c] === 0) continue;
    sum += own[c] / ownPairs[c] / (others[c] / otherPairs[c]);
    counted++;
  }
  return counted === 0 ? null : sum / counted;
}
