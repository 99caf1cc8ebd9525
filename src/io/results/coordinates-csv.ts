import type { CodedColumn, PredictionTable } from '../../schema/prediction-table.js';
import { componentColumn } from '../../schema/vocabulary.js';
import { csvNumber, csvText } from './csv-cell.js';

interface LinedCoordinates extends Pick<PredictionTable, 'label' | 'family'> {
  readonly instanceId: { at(row: number): string | undefined };
  readonly ident: { at(row: number): string | undefined };
}

/** The names of the columns of a projection. */
export function coordinatesCsvHeader(coordinates: readonly Float64Array[]): string {
  return ['instance_id', 'ident', ...coordinates.map((_, c) => componentColumn(c)), 'label', 'family'].join(',');
}

/** The line of a row of a projection, with its line end. */
export function coordinatesLine(
  { instanceId, ident, label, family }: LinedCoordinates,
  coordinates: readonly Float64Array[],
): (row: number) => string {
  const coded = ({ names, codes }: CodedColumn): ((row: number) => string) => {
    const cells = names.map(csvText);
    return (row) => cells[codes[row]] ?? '';
  };
  const [labelOf, familyOf] = [coded(label), coded(family)];
  return (row) => {
    const identity = `${csvText(instanceId.at(row) ?? '')},${csvText(ident.at(row) ?? '')}`;
    const cells = coordinates.map((values) => csvNumber(values[row])).join(',');
    return `${identity},${cells},${labelOf(row)},${familyOf(row)}\n`;
  };
}
