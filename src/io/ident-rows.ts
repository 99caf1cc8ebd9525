import type { FaultList } from './faults.js';
import { columnPlaces } from './tables/column-places.js';
import { tableBlocks } from './tables/table-reader.js';
import { trimmed } from './tables/trimmed.js';

/** The instance_ids and idents of idents.csv row by row, for whoever reads beside it: one block is in memory. */
export class IdentRows {
  private ids: string[] = [];
  private idents: string[] = [];
  private at = 0;
  private readonly blocks: AsyncGenerator<void, boolean>;
  private ended = false;

  constructor(
    path: string,
    shown: string,
    private readonly faults: FaultList,
  ) {
    let places: Record<'instance_id' | 'ident', number> | undefined;
    const header = (names: readonly string[]): boolean => {
      places = columnPlaces<'instance_id' | 'ident'>(names, ['instance_id', 'ident'], [], shown, faults);
      return places !== undefined;
    };
    const row = (cells: readonly string[]): void => {
      if (!places) return;
      this.ids.push(trimmed(cells[places.instance_id]));
      this.idents.push(cells[places.ident]);
    };
    this.blocks = tableBlocks(path, shown, { header, row }, faults);
  }

  /** The ident of the row that comes next if it has this id; else undefined, and the row stays. Throws DataError. */
  async take(id: string): Promise<string | undefined> {
    // Awaited once a block: a promise for each row would cost more than the row.
    if (this.at === this.ids.length && !(await this.refill())) return undefined;
    return this.ids[this.at] === id ? this.idents[this.at++] : undefined;
  }

  /** As `take`, of what is in memory; undefined also where the next block is to be read. */
  takeAtHand(id: string): string | undefined {
    return this.ids[this.at] === id ? this.idents[this.at++] : undefined;
  }

  /** Whether all rows were taken. */
  async finished(): Promise<boolean> {
    return this.at === this.ids.length && !(await this.refill());
  }

  async close(): Promise<void> {
    await this.blocks.return(true);
  }

  private async refill(): Promise<boolean> {
    this.ids = [];
    this.idents = [];
    this.at = 0;
    while (this.ids.length === 0 && !this.ended) {
      this.ended = (await this.blocks.next()).done === true;
      this.faults.throwIfAny();
    }
    return this.ids.length > 0;
  }
}
