/** One side of a bipartite graph while a tree grows: the vertices that are outside, and how near the tree is to each. */
class Side {
  /** The first `count` places are of vertices outside: how near each is, and to which of the other side. */
  private readonly outside: Int32Array;
  private readonly near: Float64Array;
  private readonly link: Int32Array;
  private count: number;
  /** Place of the nearest, and its distance. */
  private nearest = 0;
  least = Number.POSITIVE_INFINITY;

  constructor(vertices: number) {
    this.outside = Int32Array.from({ length: vertices }, (_, vertex) => vertex);
    this.near = new Float64Array(vertices).fill(Number.POSITIVE_INFINITY);
    this.link = new Int32Array(vertices);
    this.count = vertices;
  }

  /** Takes the nearest vertex into the tree, and tells the one that it is near to. */
  take(): { readonly vertex: number; readonly link: number } {
    const { outside, near, link, nearest } = this;
    const taken = { vertex: outside[nearest], link: link[nearest] };
    const last = --this.count;
    outside[nearest] = outside[last];
    near[nearest] = near[last];
    link[nearest] = link[last];
    this.least = Number.POSITIVE_INFINITY;
    this.nearest = 0;
    for (let k = 0; k < last; k++) {
      if (near[k] >= this.least) continue;
      this.least = near[k];
      this.nearest = k;
    }
    return taken;
  }

  /** A vertex of the other side came into the tree: its distances are those from `at` on. */
  approach(other: number, distances: Float64Array, at: number): void {
    const { outside, near, link, count } = this;
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < count; k++) {
      const distance = distances[at + outside[k]];
      if (distance < near[k]) {
        near[k] = distance;
        link[k] = other;
      }
      if (near[k] < least) {
        least = near[k];
        nearest = k;
      }
    }
    this.nearest = nearest;
    this.least = least;
  }
}

/**
 * A least spanning tree of a complete bipartite graph, by the algorithm of Prim (1957). Calls `edge` for each of its
 * left + right − 1 edges. O(left · right).
 * @param across (l, r) at l · stride + r, all finite
 * @param back (r, l) at r · stride + l: the same
 */
export function bipartiteTree(
  left: number,
  right: number,
  { across, back, stride }: { readonly across: Float64Array; readonly back: Float64Array; readonly stride: number },
  edge: (l: number, r: number) => void,
): void {
  const [ofLeft, ofRight] = [new Side(left), new Side(right)];
  ofRight.approach(ofLeft.take().vertex, across, 0);
  for (let edges = 1; edges < left + right; edges++) {
    if (ofRight.least <= ofLeft.least) {
      const { vertex, link } = ofRight.take();
      edge(link, vertex);
      ofLeft.approach(vertex, back, vertex * stride);
    } else {
      const { vertex, link } = ofLeft.take();
      edge(vertex, link);
      ofRight.approach(vertex, across, vertex * stride);
    }
  }
}
