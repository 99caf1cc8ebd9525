import { freeName } from './column-names.js';
import type { ColumnPlan } from './column-plan.js';
import { isMissing, pointForComma } from './column-profile.js';

/** A feature of the dataset, and what is said of it. */
export interface ImportedFeature {
  readonly id: string;
  readonly description: string;
  /** Absent: to be seen from the values. */
  readonly type?: 'binary';
}

/** Turns the cells of a column into cells of the feature file, a comma before each. */
interface ColumnWriter {
  readonly place: number;
  write(cell: string): string;
}

/** What a table's columns become in the feature file. */
export class FeatureWriter {
  readonly features: readonly ImportedFeature[];
  private readonly writers: readonly ColumnWriter[];

  constructor(columns: readonly ColumnPlan[], decimalComma: boolean) {
    const names = new Set([
      'instance_id',
      ...columns.filter(({ feature }) => feature?.kind !== 'one-hot').map((c) => c.name),
    ]);
    const features: ImportedFeature[] = [];
    const writers: ColumnWriter[] = [];
    columns.forEach((column, place) => {
      const { feature, name } = column;
      if (!feature) return;
      if (feature.kind === 'one-hot') {
        const ids = feature.values.map((value) => {
          const id = freeName(`${name}=${value}`.replaceAll('\r', ' ').trim(), (candidate) => names.has(candidate));
          names.add(id);
          return id;
        });
        ids.forEach((id, k) => {
          features.push({ id, description: `1 where ${name} is "${feature.values[k]}"`, type: 'binary' });
        });
        writers.push({ place, write: oneHotCells(feature.values) });
      } else {
        const id = name === 'instance_id' ? freeName(name, (candidate) => names.has(candidate)) : name;
        const description = feature.kind === 'boolean' ? `1 where ${name} is ${feature.yes}` : `the number in ${name}`;
        features.push({ id, description });
        writers.push({ place, write: feature.kind === 'boolean' ? flagCell(feature.yes) : numberCell(decimalComma) });
      }
    });
    this.features = features;
    this.writers = writers;
  }

  /** The cells of a row, each after a comma. */
  line(cells: readonly string[]): string {
    let line = '';
    for (const { place, write } of this.writers) line += write(cells[place].trim());
    return line;
  }
}

function numberCell(decimalComma: boolean): (cell: string) => string {
  return (cell) => {
    if (isMissing(cell)) return ',';
    return `,${decimalComma ? pointForComma(cell) : cell}`;
  };
}

function flagCell(yes: string): (cell: string) => string {
  return (cell) => (isMissing(cell) ? ',' : cell.toLowerCase() === yes ? ',1' : ',0');
}

/** Each value's cells are made once. A blank cell is none of the values. */
function oneHotCells(values: readonly string[]): (cell: string) => string {
  const none = ',0'.repeat(values.length);
  const cells = new Map(values.map((value, k) => [value, `${',0'.repeat(k)},1${',0'.repeat(values.length - k - 1)}`]));
  return (cell) => cells.get(cell) ?? none;
}
