import { printable, UserError } from '../../errors.js';
import { denseMatrix, type FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import type { FaultList } from '../faults.js';
import type { LineBlocks } from '../files/line-blocks.js';
import { CsvFeatureRows } from './csv-features.js';
import { type CsvHead, readCsvHead } from './csv-head.js';
import type { FeatureFile } from './feature-file.js';
import { OwnIds } from './own-ids.js';
import { checkDistinct, checkTypes, type DescribedColumn, describeColumns, headOf } from './read-features.js';
import { byDensity, summariseColumns } from './representation.js';
import { SparseRows } from './sparse-rows.js';

/** Some rows of feature files: m ids and the m×d matrix, which is good until the next batch is asked for. */
export interface FeatureBatch {
  readonly ids: readonly string[];
  readonly X: FeatureMatrix;
}

/**
 * The rows of CSV feature files as they come, some at a time, without anything else of their dataset: constant memory
 * whatever their number. Several files are read side by side and must hold the same instances in the same order.
 */
export class FeatureRows {
  /** From the descriptions, else the header; files side by side. */
  readonly names: readonly string[];

  private constructor(
    private readonly files: readonly RowFile[],
    private readonly columns: readonly DescribedColumn[],
    private readonly values: Float64Array,
    private readonly batch: number,
    private readonly faults: FaultList,
  ) {
    this.names = columns.map(({ name }) => name);
  }

  /** Reads the headers of files that `open` opens; `rowsAtOnce` rows make a batch. Throws DataError where they are wrong. */
  static async open(
    files: readonly FeatureFile[],
    open: (file: FeatureFile) => Promise<LineBlocks>,
    rowsAtOnce: (columns: number) => number,
    faults: FaultList,
  ): Promise<FeatureRows> {
    const opened: { file: FeatureFile; blocks: LineBlocks; head: CsvHead }[] = [];
    const all: LineBlocks[] = [];
    try {
      for (const file of files) {
        const blocks = await open(file);
        all.push(blocks);
        const head = readCsvHead(blocks, file.shown, faults);
        if (head) opened.push({ file, blocks, head });
      }
      const heads = [];
      for (const { file, head } of opened) heads.push(await headOf(file, head.ids, faults));
      checkDistinct(heads, faults);
      faults.throwIfAny();
      const columns = heads.flatMap((head, k) => describeColumns(head, opened[k].head.ids.length));
      const batch = rowsAtOnce(columns.length);
      const { values } = denseMatrix(batch, columns.length);
      let offset = 0;
      const rows = opened.map(({ file, blocks, head }) => {
        const dense = { values, stride: columns.length, offset };
        offset += head.ids.length;
        return new RowFile(file, blocks, head, dense, batch, faults);
      });
      return new FeatureRows(rows, columns, values, batch, faults);
    } catch (error) {
      for (const blocks of all) await blocks.close();
      throw error;
    }
  }

  /** From where the last batch ended; once only. Throws DataError at the end of a batch with faults. */
  async *batches(): AsyncGenerator<FeatureBatch> {
    const { files, columns, values, batch, faults } = this;
    try {
      for (;;) {
        for (const file of files) await file.read(batch);
        faults.throwIfAny();
        const { ids } = files[0];
        for (const file of files) if (file !== files[0]) checkSameRows(files[0], file);
        if (ids.length === 0) return;
        const X = denseMatrix(ids.length, columns.length, values.subarray(0, ids.length * columns.length));
        const summary = summariseColumns(X);
        checkTypes(columns, summary, ids.length, faults);
        faults.throwIfAny();
        yield { ids, X: byDensity(X, summary) };
      }
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    for (const file of this.files) await file.close();
  }
}

type DensePlace = ConstructorParameters<typeof CsvFeatureRows>[2]['dense'];

/** One of the files and how far it was read. */
class RowFile {
  readonly shown: string;
  private readonly own: OwnIds;
  private readonly rows: CsvFeatureRows;
  private from: number;

  constructor(
    file: FeatureFile,
    private readonly blocks: LineBlocks,
    head: CsvHead,
    dense: DensePlace,
    batch: number,
    private readonly faults: FaultList,
  ) {
    this.shown = file.shown;
    this.own = new OwnIds(file.shown, faults);
    const part = { width: head.ids.length, dense, sparse: new SparseRows(0, 0) };
    const place = Int32Array.from({ length: batch }, (_, row) => row);
    this.rows = new CsvFeatureRows(file.shown, head, part, this.own, place, faults);
    this.from = head.next;
  }

  /** Of the batch read last. */
  get ids(): readonly string[] {
    return this.own.list;
  }

  async read(batch: number): Promise<void> {
    const { blocks, own, rows, faults } = this;
    own.begin();
    const limit = rows.taken + batch;
    for (;;) {
      this.from = rows.read(blocks.bytes, this.from, blocks.end, blocks.last, limit);
      if (rows.taken >= limit || faults.full || !(await blocks.next(this.from))) return;
      this.from = blocks.begin;
    }
  }

  close(): Promise<void> {
    return this.blocks.close();
  }
}

function checkSameRows(first: RowFile, other: RowFile): void {
  const at = first.ids.findIndex((id, k) => other.ids[k] !== id);
  if (at < 0 && first.ids.length === other.ids.length) return;
  const differs = at < 0 ? first.ids.length : at;
  const named = (id: string | undefined): string => (id === undefined ? 'its end' : printable(JSON.stringify(id)));
  throw new UserError(
    `${first.shown} and ${other.shown} are read side by side, and their rows differ: ${named(first.ids[differs])} here, ${named(other.ids[differs])} there`,
    { hint: 'bring their rows into the same order, or join them in one file' },
  );
}
