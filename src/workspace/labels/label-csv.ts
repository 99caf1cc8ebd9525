import { datasetCell } from '../../io/import/dataset-cell.js';
import type { CurrentLabel } from '../../io/results/label-log.js';

const linesPerPiece = 8192;

/**
 * The labels of a set in the dataset's format (`instance_id,label,family`), piece by piece, whole numbers in their order
 * and then texts in that of their code units. Cells are data to be read back as they are: nothing is put before what a
 * spreadsheet would take for a formula.
 */
export function* labelCsv(current: ReadonlyMap<string, CurrentLabel>): Generator<string> {
  yield 'instance_id,label,family\n';
  const ids = inOrder([...current.keys()]);
  for (let start = 0; start < ids.length; start += linesPerPiece) {
    let text = '';
    for (const id of ids.slice(start, start + linesPerPiece)) {
      const { label, family } = current.get(id) as CurrentLabel;
      text += `${datasetCell(id)},${label},${family === null ? '' : datasetCell(family)}\n`;
    }
    yield text;
  }
}

/** Ids as people count them: 2 before 10, numbers before texts. */
function inOrder(ids: string[]): string[] {
  const keyed = ids.map((id) => ({ id, number: /^(?:0|[1-9]\d{0,14})$/.test(id) ? Number(id) : Infinity }));
  keyed.sort((a, b) => (a.number === b.number ? (a.id < b.id ? -1 : 1) : a.number - b.number));
  return keyed.map(({ id }) => id);
}
