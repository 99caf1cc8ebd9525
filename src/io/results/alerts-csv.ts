import type { AlertTable, AlertTableRow } from '../../schema/alert-table.js';
import { csvNumber, csvText } from './csv-cell.js';

const header = 'instance_id,ident,part,fold,label,family,probability,score,rank';

/** All alerts as CSV, with a column `cluster` and two of families where there are such groups. */
export function alertsCsv({ rows, clusters, families }: AlertTable): string {
  const columns = `${header}${clusters ? ',cluster' : ''}${families ? ',predicted_family,family_probability' : ''}\n`;
  return columns + rows.map((row) => line(row, clusters, families)).join('');
}

function line(row: AlertTableRow, clusters: boolean, families: boolean): string {
  const fold = row.fold < 0 ? '' : String(row.fold);
  const identity = `${csvText(row.instanceId)},${csvText(row.ident)},${csvText(row.part)},${fold}`;
  const known = `${row.label ?? ''},${csvText(row.family ?? '')}`;
  const figures = `${csvNumber(row.probability)},${csvNumber(row.score)},${row.rank}`;
  const cluster = clusters ? `,${csvText(row.cluster ?? '')}` : '';
  const family = families ? `,${csvText(row.predictedFamily ?? '')},${csvNumber(row.familyProbability)}` : '';
  return `${identity},${known},${figures}${cluster}${family}\n`;
}
