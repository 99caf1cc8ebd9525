import { isUtf8 } from 'node:buffer';
import { nearest } from '../../errors.js';
import { readRegularFile } from '../files/regular-file.js';
import type { FaultList } from '../faults.js';

/**
 * The columns that a filter file names, one feature id or name a line (blank lines do not count): those listed, or with
 * `out` all others, in the order of the dataset. Unknown features are faults. `ids` and `names` have one length.
 */
export async function filterColumns(
  path: string,
  out: boolean,
  ids: readonly string[],
  names: readonly string[],
  faults: FaultList,
): Promise<Uint32Array> {
  const bytes = await readRegularFile(path);
  if (!isUtf8(bytes)) {
    faults.add({ file: path, found: 'bytes that are not UTF-8', expected: 'one feature a line' });
    return new Uint32Array(0);
  }
  const columnOf = new Map<string, number>();
  // Where an id and another feature's name collide, the id counts.
  names.forEach((name, j) => columnOf.set(name, j));
  ids.forEach((id, j) => columnOf.set(id, j));
  const listed = new Set<number>();
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n');
  lines.forEach((line, i) => {
    const name = line.trim();
    if (name === '') return;
    const column = columnOf.get(name);
    if (column !== undefined) listed.add(column);
    // The nearest name is looked for only where the fault will be told.
    else {
      const guess = ids.length <= 5000 && !faults.limitReached ? nearest(name, ids) : '';
      faults.add({
        file: path,
        line: i + 1,
        found: `unknown feature "${name}"${guess}`,
        expected: 'a feature of the dataset',
      });
    }
  });
  const kept = Uint32Array.from(ids.keys()).filter((j) => listed.has(j) !== out);
  if (kept.length === 0 && faults.count === 0) {
    faults.add({ file: path, found: 'a filter that leaves no feature', expected: 'at least one feature to remain' });
  }
  return kept;
}
