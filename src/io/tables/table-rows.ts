import type { Fault } from '../../errors.js';
import type { FaultList } from '../faults.js';

/** What takes the rows of a table. */
export interface TableVisitor {
  /** The trimmed cells of the header; false stops the reading (a fault was added). */
  header(names: readonly string[]): boolean;
  /** A row with as many cells as the header. */
  row(cells: readonly string[], line: number): void;
}

/** Hands rows to the visitor, the first as the header, and keeps the line number. */
export class TableRows {
  /** Number of the line that comes next. */
  line = 1;
  /** Every row so far was handed on. */
  whole = true;
  private width = -1;
  private refused = false;

  constructor(
    readonly shown: string,
    private readonly visitor: TableVisitor,
    readonly faults: FaultList,
  ) {}

  get stopped(): boolean {
    return this.refused || this.faults.full;
  }

  addFault(fault: Omit<Fault, 'file'>): void {
    this.faults.add({ file: this.shown, ...fault });
  }

  /** Adds the fault of a quote that swallows what follows; nothing after it can be believed. Always false. */
  openQuote(line: number, found: string): false {
    this.addFault({ line, found, expected: 'a closing quote at the end of the cell, and quotes inside it doubled' });
    this.refused = true;
    return false;
  }

  /** Rows of lines without quotes. */
  addLines(text: string): void {
    for (let from = 0; from < text.length && !this.stopped; ) {
      const feed = text.indexOf('\n', from);
      const end = feed > from && text.charCodeAt(feed - 1) === 13 ? feed - 1 : feed;
      if (end > from) this.addRow(this.cellsOf(text, from, end), this.line);
      this.line++;
      from = feed + 1;
    }
  }

  /** The cells of the line from `from` to `end`; a row of the usual width takes no more than its texts. */
  private cellsOf(text: string, from: number, end: number): string[] {
    if (this.width < 0) return text.slice(from, end).split(',');
    const cells = new Array<string>(this.width);
    let at = from;
    for (let k = 0; k < this.width; k++) {
      const comma = text.indexOf(',', at);
      const last = comma < 0 || comma >= end;
      // A row of another width is told with its true number of cells.
      if (last !== (k === this.width - 1)) return text.slice(from, end).split(',');
      cells[k] = text.slice(at, last ? end : comma);
      at = comma + 1;
    }
    return cells;
  }

  /** The row that begins at `line`. */
  addRow(cells: readonly string[], line: number): void {
    if (this.width < 0) {
      this.width = cells.length;
      this.refused = !this.acceptHeader(cells.map((cell) => cell.trim()));
      this.whole = !this.refused;
    } else if (cells.length === this.width) this.visitor.row(cells, line);
    else {
      this.whole = false;
      const found = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`;
      this.addFault({ line, found, expected: `${this.width}, as in the header` });
    }
  }

  private acceptHeader(names: readonly string[]): boolean {
    const twice = names.find((name, j) => names.indexOf(name) !== j);
    if (twice !== undefined) {
      this.addFault({
        line: 1,
        column: twice,
        found: `two columns named "${twice}"`,
        expected: 'distinct column names',
      });
      return false;
    }
    if (names.some((name) => name.includes('\r'))) {
      this.addFault({ line: 1, found: 'lines that end in a carriage return alone', expected: 'LF or CRLF line ends' });
      return false;
    }
    return this.visitor.header(names);
  }
}
