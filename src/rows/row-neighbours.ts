import type { RowNeighbours, RowNeighboursQuery } from '../schema/api/rows.js';
import { predictionRow } from './prediction-row.js';
import type { RowIndex } from './row-index.js';
import { rowsOfText } from './rows-of-text.js';

/**
 * Where an instance stands in the list that a query makes, and what comes before and after it. An instance that is not
 * in the list comes before its first row. O(n).
 */
export function rowNeighbours(index: RowIndex, query: RowNeighboursQuery): RowNeighbours {
  const { instanceId, instancePart, sort, direction, ...filter } = query;
  const { columns } = index;
  const rows = index.select(filter, sort, direction);
  const { names, codes } = columns.part;
  const places = Array.from(rowsOfText(columns.instanceId, instanceId))
    .filter((row) => instancePart === undefined || names[codes[row]] === instancePart)
    .map((row) => rows.indexOf(row))
    .filter((place) => place >= 0);
  const place = places.length === 0 ? null : Math.min(...places);
  const at = (wanted: number) => (wanted >= 0 && wanted < rows.length ? predictionRow(columns, rows[wanted]) : null);
  return {
    place,
    total: rows.length,
    previous: place === null ? null : at(place - 1),
    next: at(place === null ? 0 : place + 1),
  };
}
