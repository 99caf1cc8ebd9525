const countShift: i64 = 40;
const curvatureMask: i64 = (1 << 40) - 1;

/**
 * Finds the best split of a node by its histogram. `features` lists those to try, 4 bytes each. `columns` has 16 bytes
 * a feature: number of its first slot, codes (missing apart), 1 if it has a slot for missing values after them, and its
 * common code, whose slot is filled in here, or -1 if all slots are filled.
 * G, C: gradient and curvature of the node in units; `unit`s: what a unit stands for; `least`: least curvature of a
 * child, in units; `bar`: what a split must exceed. Writes to `result`: feature (-1: none), code, 1 if missing values go
 * left, rows on the left, 4 bytes each, then gradient and curvature of the left and the value, 8 bytes each.
 */
export function findSplit(
  histogram: usize,
  features: usize,
  tried: i32,
  columns: usize,
  G: f64,
  C: f64,
  rows: i32,
  gradientUnit: f64,
  curvatureUnit: f64,
  l2: f64,
  minRows: i32,
  least: f64,
  bar: f64,
  result: usize,
): void {
  store<i32>(result, -1);
  const allG = <i64>G;
  const allC = <i64>C;
  const leastC = <i64>Math.ceil(least);
  const gradientSquare = gradientUnit * gradientUnit;
  for (let k = 0; k < tried; k++) {
    const j = <usize>load<u32>(features + ((<usize>k) << 2));
    const column = columns + (j << 4);
    const first = histogram + ((<usize>load<u32>(column)) << 4);
    const codes = load<i32>(column, 4);
    const end = first + ((<usize>codes) << 4);
    let missingG: i64 = 0;
    let missingC: i64 = 0;
    let missingRows: i32 = 0;
    if (load<i32>(column, 8) != 0) {
      missingG = load<i64>(end);
      const both = load<i64>(end, 8);
      missingC = both & curvatureMask;
      missingRows = <i32>(both >>> countShift);
    }
    const common = load<i32>(column, 12);
    if (common >= 0) complete(first, end, first + ((<usize>common) << 4), allG, allC, rows);
    if (missingRows == 0) {
      bar = scan(first, end, <i32>j, allG, allC, rows, gradientSquare, curvatureUnit, l2, minRows, leastC, bar, result);
      continue;
    }
    let g: i64 = 0;
    let c: i64 = 0;
    let n: i32 = 0;
    for (let slot = first; slot < end; slot += 16) {
      const both = load<i64>(slot, 8);
      const count = <i32>(both >>> countShift);
      if (count == 0) continue;
      n += count;
      g += load<i64>(slot);
      c += both & curvatureMask;
      if (n == rows) break;
      if (n >= minRows && rows - n >= minRows && c >= leastC && allC - c >= leastC) {
        const value = worth(g, c, allG, allC, gradientSquare, curvatureUnit, l2);
        if (value > bar) {
          bar = value;
          keep(result, <i32>j, <i32>((slot - first) >> 4), 0, n, g, c, value);
        }
      }
      const withRows = n + missingRows;
      const withC = c + missingC;
      if (withRows == rows || withRows < minRows || rows - withRows < minRows) continue;
      if (withC < leastC || allC - withC < leastC) continue;
      const value = worth(g + missingG, withC, allG, allC, gradientSquare, curvatureUnit, l2);
      if (value > bar) {
        bar = value;
        keep(result, <i32>j, <i32>((slot - first) >> 4), 1, withRows, g + missingG, withC, value);
      }
    }
  }
}

/** The splits of a feature without missing values; returns the bar, raised where one exceeds it. */
function scan(
  first: usize,
  end: usize,
  feature: i32,
  allG: i64,
  allC: i64,
  rows: i32,
  gradientSquare: f64,
  curvatureUnit: f64,
  l2: f64,
  minRows: i32,
  leastC: i64,
  bar: f64,
  result: usize,
): f64 {
  // Rows and curvature of the left side only grow: both sides are large enough between two points.
  const leastRows = max(1, minRows);
  const mostRows = rows - leastRows;
  const mostC = allC - leastC;
  let slot = first;
  let g: i64 = 0;
  let sum: i64 = 0;
  for (; slot < end; slot += 16) {
    g += load<i64>(slot);
    sum += load<i64>(slot, 8);
    if (<i32>(sum >>> countShift) >= leastRows && (sum & curvatureMask) >= leastC) break;
  }
  let best = bar / gradientSquare;
  while (slot < end) {
    const c = sum & curvatureMask;
    if (<i32>(sum >>> countShift) > mostRows || c > mostC) break;
    const left = <f64>g;
    const right = <f64>(allG - g);
    const leftC = <f64>c * curvatureUnit + l2;
    const rightC = <f64>(allC - c) * curvatureUnit + l2;
    // l²/L + r²/R > bar, without the divisions. Behind an empty slot it is what it was, and does not exceed itself.
    if (left * left * rightC + right * right * leftC > best * (leftC * rightC)) {
      const value = worth(g, c, allG, allC, gradientSquare, curvatureUnit, l2);
      if (value > bar) {
        bar = value;
        best = bar / gradientSquare;
        keep(result, feature, <i32>((slot - first) >> 4), 0, <i32>(sum >>> countShift), g, c, value);
      }
    }
    slot += 16;
    if (slot >= end) break;
    g += load<i64>(slot);
    sum += load<i64>(slot, 8);
  }
  return bar;
}

/** What the slots of a sparse feature leave of the node goes into the slot of its common code. */
function complete(first: usize, end: usize, common: usize, allG: i64, allC: i64, rows: i32): void {
  store<i64>(common, 0);
  store<i64>(common, 0, 8);
  let g = allG;
  let both = ((<i64>rows) << countShift) + allC;
  for (let slot = first; slot < end; slot += 16) {
    g -= load<i64>(slot);
    both -= load<i64>(slot, 8);
  }
  store<i64>(common, g);
  store<i64>(common, both, 8);
}

function worth(g: i64, c: i64, allG: i64, allC: i64, gradientSquare: f64, curvatureUnit: f64, l2: f64): f64 {
  const left = <f64>g;
  const right = <f64>(allG - g);
  const leftC = <f64>c * curvatureUnit + l2;
  const rightC = <f64>(allC - c) * curvatureUnit + l2;
  return gradientSquare * ((left * left) / leftC + (right * right) / rightC);
}

function keep(result: usize, feature: i32, code: i32, missingLeft: i32, rows: i32, g: i64, c: i64, value: f64): void {
  store<i32>(result, feature);
  store<i32>(result, code, 4);
  store<i32>(result, missingLeft, 8);
  store<i32>(result, rows, 12);
  store<f64>(result, <f64>g, 16);
  store<f64>(result, <f64>c, 24);
  store<f64>(result, value, 32);
}
