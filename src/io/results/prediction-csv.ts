import type { CodedColumn, PredictionTable } from '../../schema/prediction-table.js';
import { csvNumber, csvText } from './csv-cell.js';
import { type WrittenFile, writeFileBy } from './file-writer.js';

export const predictionCsvHeader = 'instance_id,ident,part,fold,label,family,probability,score,predicted,rank';

const rowsPerWrite = 8192;

/** Writes a prediction table as CSV, in the order of its rows. */
export async function writePredictionCsv(path: string, table: PredictionTable): Promise<WrittenFile> {
  return writeFileBy(path, async (writer) => {
    let lines: string[] = [`${predictionCsvHeader}\n`];
    for (const line of predictionLines(table)) {
      lines.push(line);
      if (lines.length >= rowsPerWrite) {
        await writer.write(lines.join(''));
        lines = [];
      }
    }
    await writer.write(lines.join(''));
  });
}

function* predictionLines(table: PredictionTable): Generator<string> {
  const coded = ({ names, codes }: CodedColumn): ((i: number) => string) => {
    const cells = names.map(csvText);
    return (i) => cells[codes[i]] ?? '';
  };
  const part = coded(table.part);
  const label = coded(table.label);
  const family = coded(table.family);
  const predicted = coded(table.predicted);
  for (let i = 0; i < table.rows; i++) {
    const fold = table.fold[i] < 0 ? '' : String(table.fold[i]);
    const figures = `${csvNumber(table.probability[i])},${csvNumber(table.score[i])}`;
    const identity = `${csvText(table.instanceId[i])},${csvText(table.ident[i])}`;
    yield `${identity},${part(i)},${fold},${label(i)},${family(i)},${figures},${predicted(i)},${table.rank[i]}\n`;
  }
}
