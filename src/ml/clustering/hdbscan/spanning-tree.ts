/** Edges of a graph over rows; of a tree over n rows n − 1 of them. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly distance: Float64Array;
}

/**
 * The least spanning tree of a connected graph, by the algorithm of Borůvka (1926): in each round every part of the forest
 * takes the shortest edge that leads out of it, the first of equals, and edges within a part are forgotten.
 * O(edges · log rows) time.
 * @param graph some lists of edges, taken together
 */
export function leastSpanningTree(rows: number, graph: readonly Edges[]): Edges {
  const { from, to, distance } = joined(graph);
  const tree = {
    from: new Int32Array(rows - 1),
    to: new Int32Array(rows - 1),
    distance: new Float64Array(rows - 1),
  };
  const parent = Int32Array.from({ length: rows }, (_, row) => row);
  const rootOf = (row: number): number => {
    let root = row;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]];
    return root;
  };
  const open = Uint32Array.from(from.keys());
  const shortest = new Int32Array(rows);
  let count = open.length;
  for (let found = 0; found < rows - 1; ) {
    shortest.fill(-1);
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const edge = open[k];
      const [a, b] = [rootOf(from[edge]), rootOf(to[edge])];
      if (a === b) continue;
      open[kept++] = edge;
      if (shortest[a] < 0 || distance[edge] < distance[shortest[a]]) shortest[a] = edge;
      if (shortest[b] < 0 || distance[edge] < distance[shortest[b]]) shortest[b] = edge;
    }
    if (kept === 0) throw new RangeError('the edges do not connect all rows');
    count = kept;
    for (const edge of shortest) {
      if (edge < 0) continue;
      const [a, b] = [rootOf(from[edge]), rootOf(to[edge])];
      if (a === b) continue;
      parent[a] = b;
      tree.from[found] = from[edge];
      tree.to[found] = to[edge];
      tree.distance[found++] = distance[edge];
    }
  }
  return tree;
}

function joined(graph: readonly Edges[]): Edges {
  const total = graph.reduce((sum, { from }) => sum + from.length, 0);
  const all = { from: new Int32Array(total), to: new Int32Array(total), distance: new Float64Array(total) };
  let at = 0;
  for (const { from, to, distance } of graph) {
    all.from.set(from, at);
    all.to.set(to, at);
    all.distance.set(distance, at);
    at += from.length;
  }
  return all;
}

/**
 * The same tree with every copy of the rows: it hangs on the row that it equals, as near as that one's neighbours are,
 * which no other edge can undercut.
 * @param groupOf length n: the distinct row that each row is; the first of a group stands for it
 */
export function withCopies(tree: Edges, core: Float64Array, representative: Uint32Array, groupOf: Int32Array): Edges {
  const n = groupOf.length;
  const all = { from: new Int32Array(n - 1), to: new Int32Array(n - 1), distance: new Float64Array(n - 1) };
  tree.from.forEach((from, edge) => {
    all.from[edge] = representative[from];
    all.to[edge] = representative[tree.to[edge]];
    all.distance[edge] = tree.distance[edge];
  });
  let edge = tree.from.length;
  groupOf.forEach((group, row) => {
    if (representative[group] === row) return;
    all.from[edge] = representative[group];
    all.to[edge] = row;
    all.distance[edge++] = core[group];
  });
  return all;
}
