import { UserError } from '../../errors.js';
import { instantiateKernel, type KernelExports } from '../linear-algebra/kernel-exports.js';
import { NeighbourList } from './neighbour-list.js';

const ballSize = 32;
/** Balls that are looked into in the order of their distance. */
const ballsFirst = 6;
/** A part smaller than this share of a ball is an outlier's: splitting it off alone would make many balls of one. */
const smallestShare = 1 / 64;
/** What WebAssembly can address. */
const mostBytes = 2 ** 32;
/** Share of the squared lengths that rounding may take from a squared distance found by a dot product. */
const cancellation = 1e-11;

/**
 * Exact nearest neighbours of dense points by the triangle inequality: the points lie in some n / 32 balls, and a ball
 * that begins beyond the reach is left out. Balls are the leaves of a ball tree (Omohundro 1989): a set is split
 * between two far points, each point going to the nearer one, so that clusters stay whole; at the median of that axis
 * where one side is tiny. Going down the tree itself would touch memory all over: the distances to all centres, which
 * lie side by side column by column, cost less.
 *
 * Distances come from |x − p|² = |x|² + |p|² − 2·x·p, which costs only the query's non-zero cells; a point near enough
 * is measured again, difference by difference, since the formula loses digits where two points nearly agree.
 * The products are a WebAssembly kernel's, two cells at a time. Throws UserError above 4 GiB.
 * O(n·d·log n) to build; a search costs O(z·n / 32) and z for each point of a ball looked into, z the query's non-zeros.
 */
export class BallIndex {
  /** Points by position: ball k holds positions start[k] … start[k + 1] - 1. */
  private readonly order: Uint32Array;
  private readonly start: number[] = [];
  private readonly radius: number[] = [];
  /** Ball after ball, and within a ball column after column, each of as many cells as the ball has points, made even. */
  private readonly values: Float64Array;
  /** Where each ball begins in `values`. */
  private readonly valuesFrom: Float64Array;
  private readonly squaredLength: Float64Array;
  private longest = 0;
  /** Column after column: cell (ball, j) at j · balls + ball, their number made even. */
  private readonly centres: Float64Array;
  private readonly centreSquaredLength: Float64Array;
  /** Least squared distance of any point of each ball from the query. */
  private readonly gap: Float64Array;
  private readonly kernel: KernelExports;
  /** In the kernel's memory like `values` and `centres`: the query's non-zero cells, and its products with points. */
  private readonly columns: Uint32Array;
  private readonly cells: Float64Array;
  private readonly products: Float64Array;
  /** The ball of each position. */
  private readonly ballOf: Uint32Array;
  /** Positions whose distance may be small enough, by the least that it can be. */
  private readonly nearby: NeighbourList;

  /**
   * @param points n×d row-major, finite; copied. Zeros are what makes a search cheap.
   * @param multiplicity length n: how many rows each point counts for in a list of k
   */
  constructor(
    points: Float64Array,
    private readonly d: number,
    k: number,
    multiplicity: Uint32Array,
  ) {
    const n = d === 0 ? 0 : points.length / d;
    this.order = Uint32Array.from({ length: n }, (_, i) => i);
    const centres: Float64Array[] = [];
    if (n > 0) this.divide(points, 0, n, centres);
    this.start.push(n);
    const balls = centres.length;
    this.valuesFrom = new Float64Array(balls + 1);
    for (let ball = 0; ball < balls; ball++) {
      this.valuesFrom[ball + 1] = this.valuesFrom[ball] + d * even(this.sizeOf(ball));
    }
    const counts = [this.valuesFrom[balls], d * even(balls), d, Math.max(ballSize, even(balls))];
    const { kernel, doubles, rest } = kernelMemory(counts, 4 * d);
    this.kernel = kernel;
    [this.values, this.centres, this.cells, this.products] = doubles;
    this.columns = new Uint32Array(rest.buffer, rest.byteOffset, d);
    this.squaredLength = new Float64Array(n);
    this.ballOf = new Uint32Array(n);
    this.nearby = new NeighbourList(
      k,
      this.order.map((point) => multiplicity[point]),
    );
    this.centreSquaredLength = new Float64Array(balls);
    centres.forEach((centre, ball) => {
      this.layOut(points, ball);
      for (let j = 0; j < d; j++) {
        this.centres[j * even(balls) + ball] = centre[j];
        this.centreSquaredLength[ball] += centre[j] * centre[j];
      }
    });
    this.gap = new Float64Array(balls);
  }

  /** Offers `list` the points near the query, whose `count` non-zero cells are given. */
  search(columns: Uint32Array, values: Float64Array, count: number, list: NeighbourList): void {
    let length = 0;
    for (let e = 0; e < count; e++) length += values[e] * values[e];
    const query = { columns, values, count, length, slack: cancellation * (length + this.longest) };
    this.columns.set(columns.subarray(0, count));
    this.cells.set(values.subarray(0, count));
    this.nearby.clear();
    this.lookIntoBalls(query);
    for (const position of this.nearby.points) list.offer(this.order[position], this.measure(position, query));
  }

  private lookIntoBalls(query: Query): void {
    const { gap, nearby } = this;
    this.findGaps(query);
    // The nearest balls first, for they shorten the reach most; NaN marks a ball that was looked into.
    for (let k = 0; k < ballsFirst; k++) {
      let nearest = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let ball = 0; ball < gap.length; ball++) {
        if (gap[ball] < least) {
          least = gap[ball];
          nearest = ball;
        }
      }
      if (nearest < 0 || least > nearby.reach) return;
      this.scan(nearest, query);
      gap[nearest] = Number.NaN;
    }
    for (let ball = 0; ball < gap.length; ball++) if (gap[ball] <= nearby.reach) this.scan(ball, query);
  }

  /** Least squared distance that a point of each ball can have, or a little less: rounding leaves none out. */
  private findGaps({ count, length, slack }: Query): void {
    const { gap, centres, centreSquaredLength, radius, products } = this;
    this.multiply(centres.byteOffset, even(gap.length), count);
    for (let ball = 0; ball < gap.length; ball++) {
      const squared = Math.max(0, length + centreSquaredLength[ball] - 2 * products[ball]);
      const least = Math.sqrt(squared + slack) - radius[ball];
      gap[ball] = least <= 0 ? 0 : Math.max(0, least * least - 4 * slack);
    }
  }

  /** Takes note of the ball's points whose distance may be small enough. */
  private scan(ball: number, { count, length, slack }: Query): void {
    const { start, values, valuesFrom, squaredLength, products, nearby } = this;
    const from = start[ball];
    const size = this.sizeOf(ball);
    this.multiply(values.byteOffset + 8 * valuesFrom[ball], even(size), count);
    for (let i = 0; i < size; i++) {
      const least = length + squaredLength[from + i] - 2 * products[i] - slack;
      if (least <= nearby.reach) nearby.offer(from + i, least, 2 * slack);
    }
  }

  /** Fills `products` with those of the query and `size` points whose cells lie column by column from an address on. */
  private multiply(address: number, size: number, count: number): void {
    const { kernel, columns, cells, products } = this;
    kernel.sumWeightedColumns(address, size, columns.byteOffset, cells.byteOffset, count, products.byteOffset);
  }

  private sizeOf(ball: number): number {
    return this.start[ball + 1] - this.start[ball];
  }

  /** Squared distance to the point at a position. */
  private measure(position: number, { columns, values, count }: Query): number {
    const ball = this.ballOf[position];
    const stride = even(this.sizeOf(ball));
    let sum = 0;
    for (let j = 0, e = 0, at = this.valuesFrom[ball] + position - this.start[ball]; j < this.d; j++, at += stride) {
      const x = e < count && columns[e] === j ? values[e++] : 0;
      const difference = x - this.values[at];
      sum += difference * difference;
    }
    return sum;
  }

  /** Copies a ball's points column by column. */
  private layOut(points: Float64Array, ball: number): void {
    const { d, order, values, squaredLength } = this;
    const from = this.start[ball];
    const stride = even(this.sizeOf(ball));
    for (let i = 0; i < this.sizeOf(ball); i++) {
      const offset = order[from + i] * d;
      this.ballOf[from + i] = ball;
      for (let j = 0; j < d; j++) {
        const x = points[offset + j];
        values[this.valuesFrom[ball] + j * stride + i] = x;
        squaredLength[from + i] += x * x;
      }
      this.longest = Math.max(this.longest, squaredLength[from + i]);
    }
  }

  private divide(points: Float64Array, start: number, end: number, centres: Float64Array[]): void {
    const { d, order } = this;
    const centre = meanOf(points, d, order, start, end);
    const [far, radius] = farthest(points, d, order, start, end, centre);
    if (end - start <= ballSize) {
      this.start.push(start);
      // Rounding of the centre and of the distance must not push a point out of its ball.
      this.radius.push(radius * (1 + 1e-9));
      centres.push(centre);
      return;
    }
    const [other] = farthest(points, d, order, start, end, points.subarray(far * d, (far + 1) * d));
    const middle = split(points, d, order, start, end, far, other);
    this.divide(points, start, middle, centres);
    this.divide(points, middle, end, centres);
  }
}

/** A kernel with tables of so many doubles in its memory, and so many bytes behind them. */
function kernelMemory(
  counts: readonly number[],
  restBytes: number,
): { kernel: KernelExports; doubles: Float64Array[]; rest: DataView } {
  const bytes = 8 * counts.reduce((sum, count) => sum + count, 0) + restBytes;
  if (bytes > mostBytes) {
    throw new UserError('nearest neighbours: the features of these instances take more than 4 GiB', {
      hint: 'choose another model, fewer features, or fewer instances',
    });
  }
  const { kernel, memory } = instantiateKernel(bytes);
  let at = 0;
  const doubles = counts.map((count) => {
    const view = new Float64Array(memory.buffer, at, count);
    at += view.byteLength;
    return view;
  });
  return { kernel, doubles, rest: new DataView(memory.buffer, at) };
}

/** The kernel sums two cells at once. */
function even(count: number): number {
  return count + (count % 2);
}

interface Query {
  /** Ascending. */
  readonly columns: Uint32Array;
  readonly values: Float64Array;
  readonly count: number;
  readonly length: number;
  readonly slack: number;
}

function meanOf(points: Float64Array, d: number, order: Uint32Array, start: number, end: number): Float64Array {
  const mean = new Float64Array(d);
  for (let at = start; at < end; at++) {
    const offset = order[at] * d;
    for (let j = 0; j < d; j++) mean[j] += points[offset + j];
  }
  for (let j = 0; j < d; j++) mean[j] /= end - start;
  return mean;
}

/** The point farthest from `from`, and its distance. */
function farthest(
  points: Float64Array,
  d: number,
  order: Uint32Array,
  start: number,
  end: number,
  from: Float64Array,
): [number, number] {
  let best = order[start];
  let largest = -1;
  for (let at = start; at < end; at++) {
    const offset = order[at] * d;
    let squared = 0;
    for (let j = 0; j < d; j++) {
      const difference = from[j] - points[offset + j];
      squared += difference * difference;
    }
    if (squared > largest) {
      largest = squared;
      best = order[at];
    }
  }
  return [best, Math.sqrt(largest)];
}

/** Orders the points along the line from point a to point b, and returns where the second part begins. */
function split(
  points: Float64Array,
  d: number,
  order: Uint32Array,
  start: number,
  end: number,
  a: number,
  b: number,
): number {
  const n = end - start;
  const axis = new Float64Array(d);
  let middle = 0;
  for (let j = 0; j < d; j++) {
    axis[j] = points[b * d + j] - points[a * d + j];
    middle += axis[j] * (points[b * d + j] / 2 + points[a * d + j] / 2);
  }
  const along = new Float64Array(n);
  for (let at = start; at < end; at++) {
    const offset = order[at] * d;
    for (let j = 0; j < d; j++) along[at - start] += points[offset + j] * axis[j];
  }
  const positions = Uint32Array.from(along, (_, i) => i).sort((p, q) => along[p] - along[q] || p - q);
  let first = 0;
  while (first < n && along[positions[first]] <= middle) first++;
  const least = Math.max(1, Math.floor(n * smallestShare));
  if (first < least || first > n - least) first = n >>> 1;
  order.set(
    positions.map((position) => order[start + position]),
    start,
  );
  return start + first;
}
