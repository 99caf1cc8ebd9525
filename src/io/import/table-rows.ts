import { DataError } from '../../errors.js';
import { denseMatrix, type FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import { FaultList } from '../faults.js';
import { byDensity, summariseColumns } from '../features/representation.js';
import type { LineBlocks } from '../files/line-blocks.js';
import { keyLengthProblem } from '../names.js';
import { yesWords } from './choose-columns.js';
import { findColumn, nameColumns } from './column-names.js';
import { numberOf } from './column-profile.js';
import { delimiters, type Dialect, dialectOfBlock } from './dialect.js';
import { keptText, rowsOfBlocks } from './source-rows.js';
import { splitRow } from './split-row.js';

/** Which columns of a table name its rows, as typed, and how its numbers are written. */
export interface TableNames {
  /** Absent: the column `instance_id`, else the number of the row. */
  readonly id?: string;
  /** Absent: no names. */
  readonly ident?: string;
  /** `1,5` is one and a half. */
  readonly decimalComma?: boolean;
}

/** Some rows of a table: m ids, idents, and the m×d matrix of the features that were asked for. */
export interface TableBatch {
  readonly ids: readonly string[];
  readonly idents: readonly string[];
  readonly X: FeatureMatrix;
}

/** What a feature is made of: the place of a column, and how its cell becomes a number (undefined: it cannot). */
interface CellReader {
  readonly place: number;
  readonly value: (cell: string) => number | undefined;
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

const yes = new Set(yesWords.map(([word]) => word));
const no = new Set(yesWords.map(([, word]) => word));

/**
 * A table as `import` reads it (any delimiter, texts, dates), row by row: the columns that make the features asked for
 * are read, all others are not looked at. A feature is the column of its name, a number or a yes or no; or, called
 * `column=text`, whether the cell is that text. Constant memory.
 */
export class TableRows {
  private constructor(
    /** Those of the features asked for that the table can give, in the order asked for. */
    readonly features: readonly string[],
    /** Columns that nothing was made of. */
    readonly unused: readonly string[],
    private readonly readers: readonly CellReader[],
    private readonly id: number,
    private readonly ident: number,
    private readonly header: readonly string[],
    private readonly dialect: Dialect,
    private readonly blocks: LineBlocks,
    private readonly shown: string,
  ) {}

  /** Reads the header. Throws UserError for a column that is not there, DataError for what is no table. */
  static open(blocks: LineBlocks, shown: string, wanted: readonly string[], names: TableNames): TableRows {
    const dialect = dialectOfBlock(blocks, shown);
    const columns = nameColumns(firstRow(blocks, shown, dialect));
    const header = columns.map(({ name }) => name);
    const id = names.id === undefined ? header.indexOf('instance_id') : findColumn(names.id.trim(), columns, '--id');
    const ident = names.ident === undefined ? -1 : findColumn(names.ident.trim(), columns, '--ident');
    const found = wanted.flatMap((name) => {
      const reader = readerOf(name, header, names.decimalComma ?? false);
      return reader ? [{ name, reader }] : [];
    });
    const used = new Set([id, ident, ...found.map(({ reader }) => reader.place)]);
    const unused = header.filter((_, place) => !used.has(place));
    const features = found.map(({ name }) => name);
    const readers = found.map(({ reader }) => reader);
    return new TableRows(features, unused, readers, id, ident, header, dialect, blocks, shown);
  }

  /** At most `atOnce` rows at a time; once only. Throws DataError at the end of a block with faults. */
  async *batches(atOnce: number): AsyncGenerator<TableBatch> {
    const faults = new FaultList();
    let rows: Row[] = [];
    let count = -1;
    const visitor = {
      row: (cells: readonly string[], line: number): void => {
        if (++count > 0) rows.push({ cells, line });
      },
    };
    for await (const _ of rowsOfBlocks(this.blocks, this.shown, this.dialect, visitor, faults)) {
      const first = count - rows.length + 1;
      for (let from = 0; from < rows.length; from += atOnce) {
        const batch = this.batchOf(rows.slice(from, from + atOnce), first + from, faults);
        faults.throwIfAny();
        yield batch;
      }
      rows = [];
    }
    faults.throwIfAny();
  }

  close(): Promise<void> {
    return this.blocks.close();
  }

  /** @param first number of the first row, from 1 on */
  private batchOf(rows: readonly Row[], first: number, faults: FaultList): TableBatch {
    const { readers, features, header } = this;
    const X = denseMatrix(rows.length, readers.length);
    const ids: string[] = [];
    const idents: string[] = [];
    rows.forEach(({ cells, line }, i) => {
      if (cells.length !== header.length) {
        const [found, expected] = [`${cells.length} cells`, `${header.length}, as in the header`];
        return faults.add({ file: this.shown, line, found, expected });
      }
      ids.push(this.idOf(cells, first + i, line, faults));
      idents.push(this.ident < 0 ? '' : keptText(cells[this.ident].trim()));
      readers.forEach(({ place, value }, j) => {
        const number = value(cells[place].trim());
        if (number === undefined) {
          const found = `"${keptText(cells[place])}"`;
          const expected = `a number for the feature "${features[j]}", or a blank where the value is missing`;
          faults.add({ file: this.shown, line, column: header[place], found, expected });
        } else X.values[i * readers.length + j] = number;
      });
    });
    return { ids, idents, X: byDensity(X, summariseColumns(X)) };
  }

  private idOf(cells: readonly string[], row: number, line: number, faults: FaultList): string {
    if (this.id < 0) return String(row);
    const id = keptText(cells[this.id].trim());
    const problem = id === '' ? { found: 'a blank cell', expected: 'an id' } : keyLengthProblem(id);
    if (problem) faults.add({ file: this.shown, line, column: this.header[this.id], ...problem });
    return id;
  }
}

/** The header of a table, of which the first block is open. */
function firstRow(blocks: LineBlocks, shown: string, { delimiter, skippedLines, arff }: Dialect): readonly string[] {
  if (arff) return arff.names;
  const text = Buffer.from(blocks.bytes.subarray(blocks.begin, blocks.end)).toString('utf8');
  let start = 0;
  for (let line = 0; line < skippedLines; line++) start = text.indexOf('\n', start) + 1;
  while (/^\r?\n/.test(text.slice(start, start + 2))) start = text.indexOf('\n', start) + 1;
  const row = start < text.length ? splitRow(text, start, delimiters[delimiter]) : undefined;
  if (row) return row.cells;
  throw new DataError([{ file: shown, line: 1, found: 'no header', expected: 'a header, then a line for each row' }]);
}

/** How a feature comes of the columns of a header; undefined where it does not. */
function readerOf(feature: string, header: readonly string[], decimalComma: boolean): CellReader | undefined {
  const own = header.indexOf(feature);
  if (own >= 0) return { place: own, value: (cell) => numberOrFlag(cell, decimalComma) };
  // A column's name may hold an equals sign, too: the longest one that fits is meant.
  for (let at = feature.lastIndexOf('='); at > 0; at = feature.lastIndexOf('=', at - 1)) {
    const place = header.indexOf(feature.slice(0, at));
    const text = feature.slice(at + 1);
    if (place >= 0) return { place, value: (cell) => Number(cell.replaceAll('\r', ' ') === text) };
  }
  return undefined;
}

function numberOrFlag(cell: string, decimalComma: boolean): number | undefined {
  const number = numberOf(cell, decimalComma);
  if (number !== undefined) return number;
  const word = cell.toLowerCase();
  return yes.has(word) ? 1 : no.has(word) ? 0 : undefined;
}
