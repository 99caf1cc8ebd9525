/** L·x of each point: count×q, for points count×dimensions and L q×dimensions. */
export function mapPoints(points: Float64Array, count: number, dimensions: number, L: Float64Array): Float64Array {
  const q = L.length / dimensions;
  const mapped = new Float64Array(count * q);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < q; c++) {
      let sum = 0;
      for (let j = 0; j < dimensions; j++) sum += L[c * dimensions + j] * points[i * dimensions + j];
      mapped[i * q + c] = sum;
    }
  }
  return mapped;
}
