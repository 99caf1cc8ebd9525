import { counted, DataError, printable } from '../../errors.js';
import type { DatasetFile } from '../../io/dataset-folder.js';
import { FaultList } from '../../io/faults.js';
import { IdentRows } from '../../io/ident-rows.js';
import type { InstanceIds } from '../../io/instance-ids.js';
import { readIdents } from '../../io/read-idents.js';

/**
 * Gives the rows of feature files the idents of idents.csv. As long as both keep one order, they are read side by side in
 * constant memory; from the first row on that stands elsewhere, all idents are in memory.
 */
export class NamesOfRows {
  private readonly faults = new FaultList();
  private beside: IdentRows;
  private whole: WholeIdents | undefined;
  private rows = 0;

  constructor(private readonly file: DatasetFile) {
    this.beside = new IdentRows(file.path, file.shown, this.faults);
  }

  /** The idents of the rows that come next; throws DataError for instances that idents.csv does not have. */
  async next(ids: readonly string[]): Promise<string[]> {
    const idents = new Array<string>(ids.length);
    for (let k = 0; k < ids.length; k++) {
      const ident = this.whole ? undefined : (this.beside.takeAtHand(ids[k]) ?? (await this.beside.take(ids[k])));
      if (ident !== undefined) {
        idents[k] = ident;
        this.rows++;
        continue;
      }
      this.whole ??= await this.readWhole();
      idents[k] = this.whole.take(ids[k]);
    }
    return idents;
  }

  /** Throws DataError where instances of idents.csv had no row. */
  async finish(features: string): Promise<void> {
    if (!this.whole && (await this.beside.finished())) return;
    this.whole ??= await this.readWhole();
    this.whole.checkComplete(features);
  }

  close(): Promise<void> {
    return this.beside.close();
  }

  private async readWhole(): Promise<WholeIdents> {
    await this.beside.close();
    const table = await readIdents(this.file.path, this.file.shown, this.faults);
    this.faults.throwIfAny();
    if (!table) throw new Error(`${this.file.shown} was refused without a reason`);
    return new WholeIdents(table.ids, table.idents, this.file.shown, this.rows);
  }
}

/** All idents of a dataset, and which of them were asked for. */
class WholeIdents {
  private readonly taken: Uint8Array;

  /** @param first how many of the first rows were taken before */
  constructor(
    private readonly ids: InstanceIds,
    private readonly idents: readonly string[],
    private readonly shown: string,
    first: number,
  ) {
    this.taken = new Uint8Array(ids.count).fill(1, 0, first);
  }

  take(id: string): string {
    const row = this.ids.rows.get(id);
    if (row === undefined) throw this.fault(`no instance ${quoted(id)}`, 'every instance_id of the feature file');
    if (this.taken[row]) throw this.fault(`${quoted(id)}, which has two rows of features`, 'one row an instance');
    this.taken[row] = 1;
    return this.idents[row];
  }

  checkComplete(features: string): void {
    const absent = this.ids.list.filter((_, row) => this.taken[row] === 0);
    if (absent.length === 0) return;
    const examples = absent.slice(0, 5).map(quoted).join(', ');
    throw new DataError([
      {
        file: features,
        found: `no row for ${absent.length} of ${counted(this.ids.count, 'instance')}: ${examples}${absent.length > 5 ? ', …' : ''}`,
        expected: 'a row for every instance of idents.csv',
      },
    ]);
  }

  private fault(found: string, expected: string): DataError {
    return new DataError([{ file: this.shown, column: 'instance_id', found, expected }]);
  }
}

const quoted = (id: string): string => printable(JSON.stringify(id), 200);
