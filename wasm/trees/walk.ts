// Nodes of 16 bytes: the feature, the address of the left child less that of the tree (the right one follows it), and the
// threshold. A leaf is its own left child with an infinite threshold, so that rows that have arrived stay.

/**
 * Walks rows down a tree: `rows` rows of `rowBytes` bytes each, 8 a value. Writes the address of each row's leaf, less
 * that of the tree, to `out`, 4 bytes each. Four rows at once: a row waits for one load after the other, and four do not
 * wait for each other.
 */
export function walk(tree: usize, values: usize, rowBytes: i32, rows: i32, out: usize): void {
  const bytes = <usize>rowBytes;
  let row = values;
  let to = out;
  let left = rows;
  for (; left >= 4; left -= 4, to += 16) {
    const row1 = row + bytes;
    const row2 = row1 + bytes;
    const row3 = row2 + bytes;
    let node0: u32 = 0;
    let node1: u32 = 0;
    let node2: u32 = 0;
    let node3: u32 = 0;
    let moved: u32;
    do {
      const next0 = step(tree + node0, row);
      const next1 = step(tree + node1, row1);
      const next2 = step(tree + node2, row2);
      const next3 = step(tree + node3, row3);
      moved = (next0 ^ node0) | (next1 ^ node1) | (next2 ^ node2) | (next3 ^ node3);
      node0 = next0;
      node1 = next1;
      node2 = next2;
      node3 = next3;
    } while (moved != 0);
    store<u32>(to, node0);
    store<u32>(to, node1, 4);
    store<u32>(to, node2, 8);
    store<u32>(to, node3, 12);
    row = row3 + bytes;
  }
  for (; left > 0; left--, to += 4, row += bytes) {
    let node: u32 = 0;
    let next = step(tree, row);
    while (next != node) {
      node = next;
      next = step(tree + node, row);
    }
    store<u32>(to, node);
  }
}

function step(node: usize, row: usize): u32 {
  const value = load<f64>(row + ((<usize>load<u32>(node)) << 3));
  // Not by a branch, which no processor can foresee.
  return load<u32>(node, 4) + (u32(value > load<f64>(node, 8)) << 4);
}
