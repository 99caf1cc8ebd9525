import type { FeatureType } from '../../ml/matrix/dataset.js';
import type { FaultList } from '../faults.js';
import { columnPlaces } from '../tables/column-places.js';
import { readTable } from '../tables/table-reader.js';

/** What a description file says of a feature. */
export interface FeatureDescription {
  readonly name: string;
  /** Absent: to be inferred. */
  readonly type?: FeatureType;
  /** What it means, in the words of the file. */
  readonly meaning?: string;
  readonly line: number;
}

/** Reads `<features>_description.csv` (`id,name[,description][,type]`); undefined if its header is wrong. */
export async function readDescription(
  path: string,
  shown: string,
  faults: FaultList,
): Promise<ReadonlyMap<string, FeatureDescription> | undefined> {
  const described = new Map<string, FeatureDescription>();
  let places: Record<'id' | 'name' | 'description' | 'type', number> | undefined;
  await readTable(
    path,
    shown,
    {
      header(names) {
        places = columnPlaces<'id' | 'name' | 'description' | 'type'>(
          names,
          ['id', 'name'],
          ['description', 'type'],
          shown,
          faults,
        );
        return places !== undefined;
      },
      row(cells, line) {
        if (!places) return;
        const id = cells[places.id].trim();
        const before = described.get(id);
        const fault = (column: string, found: string, expected: string): void =>
          faults.add({ file: shown, line, column, found, expected });
        if (id === '') return fault('id', 'a blank cell', 'the id of a feature');
        if (before) return fault('id', `the feature "${id}" again (first in line ${before.line})`, 'each feature once');
        const type = places.type >= 0 ? cells[places.type].trim().toLowerCase() : '';
        if (type !== '' && type !== 'binary' && type !== 'numeric') fault('type', `"${type}"`, 'binary or numeric');
        const name = cells[places.name].trim() || id;
        const meaning = places.description >= 0 ? cells[places.description].trim() || undefined : undefined;
        described.set(id, { name, type: type === 'binary' || type === 'numeric' ? type : undefined, meaning, line });
      },
    },
    faults,
  );
  return places && described;
}
