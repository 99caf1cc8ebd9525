import { counted, printable, UserError } from '../../errors.js';
import { denseMatrix, type FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import type { FaultList } from '../faults.js';
import { LineBlocks } from '../files/line-blocks.js';
import type { InstanceIds } from '../instance-ids.js';
import { CsvFeatureRows } from './csv-features.js';
import { type CsvHead, readCsvHead } from './csv-head.js';
import type { FeatureFile } from './feature-file.js';
import { checkTypes, describeColumns, type FeatureHead, readHeads } from './read-features.js';
import { byDensity, summariseColumns } from './representation.js';
import { RowJoin } from './row-join.js';
import { SparseRows } from './sparse-rows.js';

/** What is known of streamed features before their rows are read. */
export interface StreamHead {
  readonly heads: readonly FeatureHead[];
  /** From the descriptions, else the ids; files side by side. */
  readonly names: readonly string[];
}

/**
 * Reads the headers of feature files that are to be streamed; undefined if there are faults. Throws UserError for libsvm
 * text, whose columns are known at its end only.
 */
export async function readStreamHead(
  files: readonly FeatureFile[],
  faults: FaultList,
): Promise<StreamHead | undefined> {
  const other = files.find(({ format }) => format !== 'csv');
  if (other) {
    throw new UserError(`${other.shown} is libsvm text, which --streaming does not read`, {
      hint: 'leave --streaming out: sparse features take little memory',
    });
  }
  const heads = await readHeads(files, faults);
  if (!heads) return undefined;
  const names = heads.flatMap((head) => describeColumns(head, head.ids?.length ?? 0).map(({ name }) => name));
  return { heads, names };
}

/**
 * Reads feature files `batch` instances at a time, in the order of idents.csv: matrices of at most `batch` rows, dense or
 * sparse by their own content, each good until the next one is asked for. The rows of every file must keep that order,
 * from one batch to the next. Throws DataError at the end of a batch with faults, UserError where the order is another.
 */
export async function* streamFeatures(
  { heads, names }: StreamHead,
  ids: InstanceIds,
  batch: number,
  faults: FaultList,
): AsyncGenerator<FeatureMatrix> {
  const rows = Math.min(batch, ids.count);
  const values = denseMatrix(rows, names.length).values;
  const place = new Int32Array(ids.count).fill(-1);
  const columns = heads.flatMap((head) => describeColumns(head, head.ids?.length ?? 0));
  const open: StreamedFile[] = [];
  try {
    let offset = 0;
    for (const { file, ids: columnIds } of heads) {
      const dense = { values, stride: names.length, offset };
      open.push(await StreamedFile.open(file, columnIds?.length ?? 0, dense, ids, place, faults));
      offset += columnIds?.length ?? 0;
    }
    for (let first = 0; first < ids.count; first += rows) {
      const count = Math.min(rows, ids.count - first);
      for (let k = 0; k < count; k++) place[first + k] = k;
      for (const file of open) await file.read(first, first + count);
      const X = denseMatrix(count, names.length, values.subarray(0, count * names.length));
      const summary = summariseColumns(X);
      checkTypes(columns, summary, count, faults);
      faults.throwIfAny();
      yield byDensity(X, summary);
      place.fill(-1, first, first + count);
    }
    for (const file of open) await file.finish();
    faults.throwIfAny();
  } finally {
    for (const file of open) await file.close();
  }
}

type DensePlace = ConstructorParameters<typeof CsvFeatureRows>[2]['dense'];

/** One file of a stream and how far it was read. */
class StreamedFile {
  private constructor(
    private readonly file: FeatureFile,
    private readonly blocks: LineBlocks,
    private readonly rows: CsvFeatureRows,
    private readonly join: RowJoin,
    private readonly ids: InstanceIds,
    private from: number,
    private readonly faults: FaultList,
  ) {}

  static async open(
    file: FeatureFile,
    width: number,
    dense: DensePlace,
    ids: InstanceIds,
    place: Int32Array,
    faults: FaultList,
  ): Promise<StreamedFile> {
    const blocks = await LineBlocks.open(file.path, file.shown);
    const head: CsvHead | undefined = readCsvHead(blocks, file.shown, faults);
    if (!head || head.ids.length !== width) {
      await blocks.close();
      faults.throwIfAny();
      throw new UserError(`${file.shown} changed while it was read`, { hint: 'run the command again' });
    }
    const join = new RowJoin(ids, file.shown, faults);
    const part = { width, dense, sparse: new SparseRows(0, 0) };
    const rows = new CsvFeatureRows(file.shown, head, part, join, place, faults);
    return new StreamedFile(file, blocks, rows, join, ids, head.next, faults);
  }

  /** Reads on until `until` instances were read, which must be the first ones of idents.csv. */
  async read(first: number, until: number): Promise<void> {
    await this.readOn(until);
    if (this.faults.count > 0) return;
    const absent = this.join.firstAbsent(first, until);
    if (absent < 0) return;
    if (this.rows.taken < until) return this.join.checkComplete();
    const id = printable(JSON.stringify(this.ids.list[absent]));
    throw new UserError(
      `--streaming reads features in the order of idents.csv; instance_id ${id} does not stand among the first ${counted(until, 'row')} of ${this.file.shown}`,
      { hint: 'leave --streaming out, or bring the rows of the file into the order of idents.csv' },
    );
  }

  /** Reads what comes after the last instance: there should be nothing. */
  async finish(): Promise<void> {
    await this.readOn(Number.POSITIVE_INFINITY);
    if (!this.faults.full) this.join.checkComplete();
  }

  close(): Promise<void> {
    return this.blocks.close();
  }

  private async readOn(limit: number): Promise<void> {
    const { blocks, rows, faults } = this;
    for (;;) {
      this.from = rows.read(blocks.bytes, this.from, blocks.end, blocks.last, limit);
      if (rows.taken >= limit || faults.full || !(await blocks.next(this.from))) return;
      this.from = blocks.begin;
    }
  }
}
