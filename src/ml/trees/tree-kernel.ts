import type { BinnedColumn } from './binning.js';
import type { BoundarySearch } from './boundary-search.js';
import type { NodeRows } from './node-rows.js';
import { rowBits } from './row-bits.js';
import type { TreeRows } from './tree-rows.js';
import { instantiateKernel, type KernelExports } from './kernel-exports.js';

/** Address 0 means that there is nothing. */
const firstAddress = 1024;

/** Bytes of a column's entry in a table: see wasm/trees/columns.ts. */
const columnBytes = 32;

/** Keys hold a place in 15 bits, see wasm/trees/sort.ts. */
const mostSortedRows = 2 ** 15;

/** Coarse cells of a node: up to twice as many as wasm/trees/search.ts aims at. */
const coarseCells = 2048;

/** A larger copy of the columns is not worth a kernel, and WebAssembly ends at twice as much. */
const mostBytes = 2 ** 31;

/**
 * Columns in cells and the rows of a tree in the memory of a WebAssembly kernel, which searches nodes of two classes
 * without weights and carries splits out, at about twice the speed of its twins in TypeScript (TwoClassSearch and
 * PlainRows) and without their time to warm up. Each thread has its own, a copy of the columns.
 */
export class TreeKernel {
  readonly whole: KernelScope;
  /** A scope for the subtrees of at most `localRows` rows, whose codes are copied. */
  readonly local: KernelScope | undefined;
  private readonly kernel: KernelExports;

  /**
   * @param rows n
   * @param exact whether every boundary of every node is compared, see GrowthOptions
   * @param localRows rows of the largest subtree that is to be grown on a copy, 0: none
   */
  constructor(columns: readonly BinnedColumn[], rows: number, exact: boolean, localRows: number) {
    const cells = columns.reduce((most, { low }) => Math.max(most, low.length), coarseCells);
    const { kernel, memory: wasmMemory } = instantiateKernel(neededBytes(columns, rows, localRows, cells));
    const memory = new KernelMemory(wasmMemory.buffer);
    this.kernel = kernel;
    const work = {
      codes: memory.take(2 * (rows + 1)),
      parts: memory.take(2 * (rows + 1)),
      kept: memory.take(4 * (rows + 1)),
      keys: memory.take(4 * Math.max(rows, mostSortedRows)),
      buckets: memory.take(4 * (mostSortedRows + 2)),
      histogram: memory.take(8 * cells),
      result: memory.take(16),
    };
    this.kernel.start(work.codes, work.parts, work.kept, work.keys, work.buckets, work.histogram, work.result, exact);
    const scope = (table: number, count: number, hasLists: boolean): KernelScope =>
      new KernelScope(this.kernel, memory, { table, rows: count, hasLists, ...work });
    this.whole = scope(
      memory.writeTable(columns, rows),
      rows,
      columns.some(({ list }) => list !== null),
    );
    if (localRows > 0) this.local = scope(memory.writeLocalTable(columns, localRows), localRows, false);
  }

  static fits(columns: readonly BinnedColumn[], rows: number, localRows: number): boolean {
    return neededBytes(columns, rows, localRows, 2 ** 16) <= mostBytes;
  }

  /** Copies the codes of the whole scope's rows start … end - 1 into the local scope, and lines its rows up. */
  load(start: number, end: number): void {
    const { whole, local } = this;
    if (!local) throw new Error('a kernel without a local scope');
    const { table, rowsAt } = whole;
    this.kernel.copyRows(table, local.table, local.codes.length, rowsAt, start, end);
    for (let k = 0; k < end - start; k++) local.rows[k] = k;
  }
}

interface ScopeLayout {
  readonly table: number;
  readonly rows: number;
  readonly hasLists: boolean;
  readonly kept: number;
  readonly codes: number;
  readonly result: number;
}

/** The rows of one tree or subtree, and the search among them. */
export class KernelScope implements BoundarySearch, TreeRows {
  impurity = Infinity;
  cut = 0;
  above = 0;
  readonly drawn = Number.NaN;
  readonly rows: Uint32Array;
  readonly position: Int32Array;
  readonly table: number;
  readonly rowsAt: number;
  /** Codes of the columns of a local scope. */
  readonly codes: readonly Uint16Array[];
  private readonly positionAt: number;
  private readonly impurityFound: Float64Array;
  private readonly cellsFound: Int32Array;

  constructor(
    private readonly kernel: KernelExports,
    memory: KernelMemory,
    private readonly layout: ScopeLayout,
  ) {
    this.table = layout.table;
    this.rowsAt = memory.take(4 * (layout.rows + 1));
    this.rows = new Uint32Array(memory.buffer, this.rowsAt, layout.rows);
    this.positionAt = memory.take(4 * layout.rows);
    this.position = new Int32Array(memory.buffer, this.positionAt, layout.rows);
    this.impurityFound = new Float64Array(memory.buffer, layout.result, 1);
    this.cellsFound = new Int32Array(memory.buffer, layout.result + 8, 2);
    this.codes = memory.localCodes;
  }

  /** See BoundarySearch; the node's rows are this scope's own, of two classes and without weights. */
  search(j: number, _position: Int32Array, node: NodeRows, bar: number): boolean {
    const column = this.table + j * columnBytes;
    const varies = this.kernel.search(column, this.rowsAt, this.positionAt, node.start, node.middle, node.end, bar);
    this.impurity = this.impurityFound[0];
    this.cut = this.cellsFound[0];
    this.above = this.cellsFound[1];
    return varies !== 0;
  }

  split(j: number, start: number, end: number, cut: number): number {
    const { hasLists, kept, codes } = this.layout;
    const position = hasLists ? this.positionAt : 0;
    return this.kernel.split(this.table + j * columnBytes, this.rowsAt, position, start, end, cut, kept, codes);
  }

  locate(count: number): void {
    this.position.fill(-1);
    this.kernel.locate(this.rowsAt, this.positionAt, 0, count);
  }
}

/** Memory handed out piece by piece, and the tables of columns in it. */
class KernelMemory {
  localCodes: readonly Uint16Array[] = [];
  private used = firstAddress;

  constructor(readonly buffer: ArrayBuffer) {}

  take(bytes: number): number {
    const at = this.used;
    this.used += padded(bytes);
    return at;
  }

  writeTable(columns: readonly BinnedColumn[], rows: number): number {
    return this.write(columns, (column) => {
      const { codes, list, low } = column;
      return [
        codes ? this.put(codes) : 0,
        this.putOptional(rowBits(column, rows)),
        list ? this.put(list.rows) : 0,
        list ? this.put(list.codes) : 0,
        list?.rows.length ?? 0,
        list?.commonCode ?? 0,
        low.length,
        Number(codes instanceof Uint16Array),
      ];
    });
  }

  /** Of the same columns with room for the codes of `rows` rows, all wide. */
  writeLocalTable(columns: readonly BinnedColumn[], rows: number): number {
    const addresses = columns.map(() => this.take(localColumnBytes(rows)));
    this.localCodes = addresses.map((at) => new Uint16Array(this.buffer, at, rows));
    return this.write(columns, ({ low }, j) => [addresses[j], 0, 0, 0, 0, 0, low.length, 1]);
  }

  private write(columns: readonly BinnedColumn[], fields: (column: BinnedColumn, j: number) => number[]): number {
    const table = this.take(columns.length * columnBytes);
    const view = new Int32Array(this.buffer, table, (columns.length * columnBytes) / 4);
    columns.forEach((column, j) => view.set(fields(column, j), (j * columnBytes) / 4));
    return table;
  }

  private putOptional(values: Int32Array | null): number {
    return values ? this.put(values) : 0;
  }

  private put(values: Uint8Array | Uint16Array | Uint32Array | Int32Array): number {
    const at = this.take(values.byteLength);
    new Uint8Array(this.buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    return at;
  }
}

/** Not a multiple of a power of two, which would crowd all columns into a few places of the cache. */
function localColumnBytes(rows: number): number {
  return 2 * rows + 192;
}

function neededBytes(columns: readonly BinnedColumn[], rows: number, localRows: number, cells: number): number {
  let bytes = 4096 + 4 * Math.max(rows, mostSortedRows) + 4 * mostSortedRows + 8 * cells;
  bytes += 24 * (rows + localRows) + columns.length * 4 * columnBytes;
  for (const { codes, list } of columns) {
    // Bits and padding included.
    bytes += (codes?.byteLength ?? 0) + (rows >>> 3) + 256 + localColumnBytes(localRows);
    if (list) bytes += list.rows.byteLength + list.codes.byteLength;
  }
  return bytes;
}

function padded(bytes: number): number {
  return (bytes + 63) & ~63;
}
