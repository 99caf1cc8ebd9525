import type { LabelColumn } from '../ml/matrix/dataset.js';
import type { FaultList } from './faults.js';
import type { InstanceIds } from './instance-ids.js';
import { LabelColumnBuilder } from './label-column.js';
import { columnPlaces } from './tables/column-places.js';
import { readTable } from './tables/table-reader.js';
import { trimmed } from './tables/trimmed.js';

/**
 * Reads a labels file (`instance_id,label[,family]`, further columns are left aside) and joins it to the instances;
 * those that it does not name have no label. Unknown and repeated ids, wrong words and over-long families are faults.
 */
export async function readLabels(
  path: string,
  shown: string,
  ids: InstanceIds,
  faults: FaultList,
): Promise<LabelColumn> {
  const builder = new LabelColumnBuilder(shown, faults, ids.count);
  const lineOf = new Uint32Array(ids.count);
  let places: Record<'instance_id' | 'label' | 'family', number> | undefined;
  let expected = 0;
  await readTable(
    path,
    shown,
    {
      header(names) {
        places = columnPlaces<'instance_id' | 'label' | 'family'>(
          names,
          ['instance_id', 'label'],
          ['family'],
          shown,
          faults,
        );
        return places !== undefined;
      },
      row(cells, line) {
        if (!places) return;
        const id = trimmed(cells[places.instance_id]);
        const row = ids.rowOf(id, expected);
        const fault = (found: string, wanted: string): void =>
          faults.add({ file: shown, line, column: 'instance_id', found, expected: wanted });
        if (row < 0) fault(id === '' ? 'a blank cell' : `unknown instance_id "${id}"`, 'an instance_id of idents.csv');
        else if (lineOf[row] > 0)
          fault(`instance_id "${id}" again (first in line ${lineOf[row]})`, 'each instance_id once');
        else {
          lineOf[row] = line;
          expected = row + 1;
          builder.set(row, cells[places.label], places.family >= 0 ? cells[places.family] : '', line);
        }
      },
    },
    faults,
  );
  return builder.finish();
}
