import type { FaultList } from '../faults.js';
import type { LineBlocks } from '../files/line-blocks.js';
import { utf8Fault } from '../files/utf8.js';
import { columnPlaces } from '../tables/column-places.js';
import { readCells } from './csv-cells.js';
import { cellEnd, splitCsvRow } from './csv-row.js';
import { noFeatures } from './feature-file.js';

/** The header of a feature file: feature ids, and the place and line of what follows. */
export interface CsvHead {
  readonly ids: readonly string[];
  readonly next: number;
  readonly line: number;
}

/** Reads the header in the first block; undefined, with a fault, if it is wrong. */
export function readCsvHead(blocks: LineBlocks, shown: string, faults: FaultList): CsvHead | undefined {
  let { begin } = blocks;
  let line = 1;
  for (; blocks.bytes[begin] === 10 || (blocks.bytes[begin] === 13 && blocks.bytes[begin + 1] === 10); line++) {
    begin = blocks.bytes.indexOf(10, begin) + 1;
  }
  const row = begin < blocks.end ? splitCsvRow(blocks.bytes, begin, blocks.end) : undefined;
  if (!row) {
    const found = begin < blocks.end ? 'a quote in the header that is never closed' : 'empty lines only';
    faults.add({ file: shown, line, found, expected: 'a header: instance_id and the names of the features' });
    return undefined;
  }
  const invalid = utf8Fault(blocks.bytes.subarray(begin, row.next), shown, line);
  if (invalid) {
    faults.add(invalid);
    return undefined;
  }
  const [first, ...ids] = row.cells.map((cell) => cell.trim());
  const fault = (column: number | string, found: string, expected: string): undefined => {
    faults.add({ file: shown, line, column, found, expected });
  };
  if (row.cells.some((cell) => cell.trim().includes('\r'))) {
    return fault(1, 'lines that end in a carriage return alone', 'LF or CRLF line ends');
  }
  if (first !== 'instance_id') {
    if (!columnPlaces([first, ...ids], ['instance_id'], [], shown, faults)) return undefined;
    return fault(1, `"${first}" as the first column`, 'instance_id as the first column');
  }
  if (ids.length === 0) {
    faults.add(noFeatures(shown));
    return undefined;
  }
  return checkIds(ids, fault) ? { ids, next: row.next, line: line + row.lines } : undefined;
}

function checkIds(
  ids: readonly string[],
  fault: (column: number, found: string, expected: string) => undefined,
): boolean {
  const seen = new Map<string, number>();
  let good = true;
  ids.forEach((id, j) => {
    const before = seen.get(id);
    if (id !== '' && before === undefined) {
      seen.set(id, j);
      return;
    }
    good = false;
    if (id === '') fault(j + 2, 'a column without a name', 'a name for each feature');
    else
      fault(
        j + 2,
        `a second column named "${id}" (the first is column ${(before ?? 0) + 2})`,
        'distinct feature names',
      );
  });
  return good;
}

/** Share of non-zero cells among up to 200 rows of the first block. */
export function sampleDensity(blocks: LineBlocks, head: CsvHead): number {
  const width = head.ids.length;
  const cells = new Float64Array(width);
  let rows = 0;
  let nonZeros = 0;
  for (let p = head.next; p < blocks.end && rows < 200; rows++) {
    const idEnd = cellEnd(blocks.bytes, p, blocks.end);
    // A row of one cell: what follows it is another row, or nothing.
    if (idEnd < 0 || blocks.bytes[idEnd] === 10) break;
    const after = readCells(blocks.bytes, idEnd + 1, blocks.end, cells, 0, width);
    // A row with a fault says nothing, and soon enough it will be told.
    if (after < 0) break;
    for (let j = 0; j < width; j++) if (cells[j] !== 0) nonZeros++;
    p = after + 1;
  }
  return rows === 0 ? 0 : nonZeros / (rows * width);
}
