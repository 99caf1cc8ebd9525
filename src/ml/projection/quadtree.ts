/** Squares below this share of the whole are not cut further: points that near are one. */
const deepest = 40;

/**
 * A quadtree of n points in the plane with the number of points and their middle in each square (Barnes and Hut 1986).
 * Built anew for each layout, in arrays that are kept.
 */
export class Quadtree {
  private readonly children: Int32Array;
  private readonly count: Float64Array;
  private readonly middle: Float64Array;
  private readonly width: Float64Array;
  private readonly stack = new Int32Array(4 * deepest + 8);
  private size = 0;

  constructor(private readonly n: number) {
    // Two points that are close open at most `deepest` squares: 20 a point, and its own.
    const room = 24 * n + 64 * deepest;
    this.children = new Int32Array(4 * room);
    this.count = new Float64Array(room);
    this.middle = new Float64Array(2 * room);
    this.width = new Float64Array(room);
  }

  /** @param y n×2 */
  build(y: Float64Array): void {
    const { n } = this;
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < n; i++) {
      left = Math.min(left, y[2 * i]);
      right = Math.max(right, y[2 * i]);
      bottom = Math.min(bottom, y[2 * i + 1]);
      top = Math.max(top, y[2 * i + 1]);
    }
    const width = Math.max(right - left, top - bottom, 1e-12) * (1 + 1e-6);
    this.size = 0;
    this.open(width);
    for (let i = 0; i < n; i++) this.insert(y[2 * i], y[2 * i + 1], left, bottom);
  }

  private open(width: number): number {
    const node = this.size++;
    if (node >= this.count.length) throw new RangeError('the squares of a layout do not fit');
    this.children.fill(0, 4 * node, 4 * node + 4);
    this.count[node] = 0;
    this.middle[2 * node] = this.middle[2 * node + 1] = 0;
    this.width[node] = width;
    return node;
  }

  private insert(x: number, y: number, left: number, bottom: number): void {
    let node = 0;
    let [x0, y0] = [left, bottom];
    for (let depth = 0; ; depth++) {
      const before = this.count[node];
      const [mx, my] = [this.middle[2 * node], this.middle[2 * node + 1]];
      this.count[node] = before + 1;
      this.middle[2 * node] = (mx * before + x) / (before + 1);
      this.middle[2 * node + 1] = (my * before + y) / (before + 1);
      if (before === 0 || depth === deepest) return;
      const half = this.width[node] / 2;
      if (this.isLeaf(node)) {
        // The points that were here move one square down.
        const child = this.childAt(node, mx, my, x0, y0, half);
        this.count[child] = before;
        this.middle[2 * child] = mx;
        this.middle[2 * child + 1] = my;
      }
      const right = Number(x >= x0 + half);
      const upper = Number(y >= y0 + half);
      node = this.childAt(node, x, y, x0, y0, half);
      x0 += right * half;
      y0 += upper * half;
    }
  }

  private isLeaf(node: number): boolean {
    const { children } = this;
    return (children[4 * node] | children[4 * node + 1] | children[4 * node + 2] | children[4 * node + 3]) === 0;
  }

  private childAt(node: number, x: number, y: number, x0: number, y0: number, half: number): number {
    const place = 4 * node + Number(x >= x0 + half) + 2 * Number(y >= y0 + half);
    if (this.children[place] === 0) this.children[place] = this.open(half);
    return this.children[place];
  }

  /**
   * Adds to `force` (length 2) the push of all other points on the one at (x, y), Σ q²·(difference) with
   * q = 1 / (1 + |difference|²), and returns Σ q; squares that look narrower than `narrow` count as one point.
   */
  push(x: number, y: number, narrow: number, force: Float64Array): number {
    const { children, count, middle, width, stack } = this;
    let sum = 0;
    let top = 0;
    stack[top++] = 0;
    while (top > 0) {
      const node = stack[--top];
      const dx = x - middle[2 * node];
      const dy = y - middle[2 * node + 1];
      const squared = dx * dx + dy * dy;
      const leaf = this.isLeaf(node);
      if (leaf || width[node] * width[node] < narrow * narrow * squared) {
        // The point itself is in one leaf: of those that lie there, one is not counted.
        const others = leaf && squared === 0 ? count[node] - 1 : count[node];
        const q = 1 / (1 + squared);
        sum += others * q;
        force[0] += others * q * q * dx;
        force[1] += others * q * q * dy;
        continue;
      }
      for (let c = 3; c >= 0; c--) {
        const child = children[4 * node + c];
        if (child !== 0) stack[top++] = child;
      }
    }
    return sum;
  }
}
