import type { CodedColumn, PredictionTable } from '../../schema/prediction-table.js';
import { csvNumber, csvText } from './csv-cell.js';
import { clusterCsvHeader, clusterLine, holdsClusters } from './cluster-csv.js';
import { coordinatesCsvHeader, coordinatesLine } from './coordinates-csv.js';
import { type WrittenFile, writeFileBy } from './file-writer.js';

const header = 'instance_id,ident,part,fold,label,family,probability,score,predicted,rank';

/** The names of the columns; two more where predictions are rejected, others of a clustering and of a projection. */
export function predictionCsvHeader({
  credibility,
  part,
  coordinates,
}: Pick<Partial<PredictionTable>, 'credibility' | 'part' | 'coordinates'>): string {
  if (coordinates) return coordinatesCsvHeader(coordinates);
  if (part && holdsClusters({ part })) return clusterCsvHeader;
  return credibility ? `${header},credibility,rejected` : header;
}

const rowsPerWrite = 8192;
/** Lines that are one text: a longer one lives so long that the memory it takes is copied about. */
const rowsPerText = 256;

/** A prediction table whose texts may be bytes until they are read. */
export interface LinedTable extends Omit<PredictionTable, 'instanceId' | 'ident'> {
  readonly instanceId: { at(row: number): string | undefined };
  readonly ident: { at(row: number): string | undefined };
}

/** Writes a prediction table as CSV, in the order of its rows. */
export async function writePredictionCsv(path: string, table: PredictionTable): Promise<WrittenFile> {
  return writeFileBy(path, async (writer) => {
    const line = predictionLine(table);
    await writer.write(`${predictionCsvHeader(table)}\n`);
    for (let start = 0; start < table.rows; start += rowsPerWrite) {
      const end = Math.min(table.rows, start + rowsPerWrite);
      const pieces: Buffer[] = [];
      for (let from = start; from < end; from += rowsPerText) {
        let text = '';
        for (let i = from; i < Math.min(end, from + rowsPerText); i++) text += line(i);
        pieces.push(Buffer.from(text));
      }
      await writer.write(Buffer.concat(pieces));
    }
  });
}

/** The line of a row, with its line end. */
export function predictionLine(table: LinedTable): (row: number) => string {
  if (table.coordinates) return coordinatesLine(table, table.coordinates);
  if (holdsClusters(table)) return clusterLine(table);
  const coded = ({ names, codes }: CodedColumn): ((i: number) => string) => {
    const cells = names.map(csvText);
    return (i) => cells[codes[i]] ?? '';
  };
  const part = coded(table.part);
  const label = coded(table.label);
  const family = coded(table.family);
  const predicted = coded(table.predicted);
  const { credibility } = table;
  const rejected = table.rejected ? coded(table.rejected) : () => '';
  return (i) => {
    const fold = table.fold[i] < 0 ? '' : String(table.fold[i]);
    const figures = `${csvNumber(table.probability[i])},${csvNumber(table.score[i])}`;
    const trust = credibility ? `,${csvNumber(credibility[i])},${rejected(i)}` : '';
    const identity = `${csvText(table.instanceId.at(i) ?? '')},${csvText(table.ident.at(i) ?? '')}`;
    return `${identity},${part(i)},${fold},${label(i)},${family(i)},${figures},${predicted(i)},${table.rank[i]}${trust}\n`;
  };
}
