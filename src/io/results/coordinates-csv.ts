import type { AxisTable, CoordinateTable } from '../../schema/coordinate-table.js';
import { type WrittenFile, writeFileBy } from './file-writer.js';
import { csvNumber, csvText } from './csv-cell.js';

const componentNames = (components: number): string[] => Array.from({ length: components }, (_, c) => `c${c + 1}`);

const rowsPerWrite = 2048;

/** Writes coordinates as CSV onto the disk, one line an instance. */
export async function writeCoordinatesCsv(path: string, table: CoordinateTable): Promise<WrittenFile> {
  const { instanceId, ident, components, coordinates } = table;
  return writeFileBy(path, async (writer) => {
    await writer.write(`${['instance_id', 'ident', ...componentNames(components)].join(',')}\n`);
    for (let from = 0; from < instanceId.length; from += rowsPerWrite) {
      let text = '';
      for (let i = from; i < Math.min(instanceId.length, from + rowsPerWrite); i++) {
        const cells = Array.from(coordinates.subarray(i * components, (i + 1) * components), csvNumber);
        text += `${csvText(instanceId[i])},${csvText(ident[i])},${cells.join(',')}\n`;
      }
      await writer.write(text);
    }
  });
}

/** The weight of each feature in each component as CSV, one line a feature. */
export function axesCsv({ features, components, axes }: AxisTable): string {
  const lines = [['feature', ...componentNames(components)].join(',')];
  features.forEach((feature, j) => {
    const cells = Array.from({ length: components }, (_, c) => csvNumber(axes[c * features.length + j]));
    lines.push(`${csvText(feature)},${cells.join(',')}`);
  });
  return `${lines.join('\n')}\n`;
}
