// Gradient and curvature of a row, 16 bytes: first two doubles, then two whole numbers as histograms have them.

/** Makes doubles whole numbers of units, in place; each row counts 1 above the 40 bits of its curvature. */
export function quantise(derivatives: usize, rows: i32, perGradient: f64, perCurvature: f64): void {
  const end = derivatives + ((<usize>rows) << 4);
  for (let at = derivatives; at < end; at += 16) {
    store<i64>(at, <i64>nearest<f64>(load<f64>(at) * perGradient));
    store<i64>(at, <i64>nearest<f64>(load<f64>(at, 8) * perCurvature) + ((<i64>1) << 40), 8);
  }
}

/** Writes the sums of the rows listed at `order` to `result`: two doubles of whole numbers. */
export function sumRows(derivatives: usize, order: usize, rows: i32, result: usize): void {
  let g: i64 = 0;
  let c: i64 = 0;
  const end = order + ((<usize>rows) << 2);
  for (let at = order; at < end; at += 4) {
    const row = derivatives + ((<usize>load<u32>(at)) << 4);
    g += load<i64>(row);
    c += load<i64>(row, 8) & (((<i64>1) << 40) - 1);
  }
  store<f64>(result, <f64>g);
  store<f64>(result, <f64>c, 8);
}
