import type { PredictionTable } from '../../schema/prediction-table.js';
import type { WrittenFile } from './file-writer.js';
import { RowsReader } from './rows-reader.js';
import { writeRowsFile } from './rows-writer.js';

/** What rows.bin calls a classifier's rows. */
export const predictionRows = 'predictions';

/** Writes a prediction table as rows.bin; columns bear the names of the CSV. */
export async function writePredictionRows(path: string, table: PredictionTable): Promise<WrittenFile> {
  return writeRowsFile(path, predictionRows, table.rows, [
    { name: 'instance_id', type: 'text', values: table.instanceId },
    { name: 'ident', type: 'text', values: table.ident },
    { name: 'part', type: 'coded', values: table.part },
    { name: 'fold', type: 'i32', values: table.fold },
    { name: 'label', type: 'coded', values: table.label },
    { name: 'family', type: 'coded', values: table.family },
    { name: 'probability', type: 'f64', values: table.probability },
    { name: 'score', type: 'f64', values: table.score },
    { name: 'predicted', type: 'coded', values: table.predicted },
    { name: 'rank', type: 'u32', values: table.rank },
  ]);
}

/** Reads the whole table back; throws UserError if the file is damaged. */
export async function readPredictionRows(path: string): Promise<PredictionTable> {
  const reader = await RowsReader.open(path);
  try {
    return {
      rows: reader.rows,
      instanceId: (await reader.text('instance_id')).toArray(),
      ident: (await reader.text('ident')).toArray(),
      part: await reader.coded('part'),
      fold: await reader.numbers('fold', 'i32'),
      label: await reader.coded('label'),
      family: await reader.coded('family'),
      probability: await reader.numbers('probability', 'f64'),
      score: await reader.numbers('score', 'f64'),
      predicted: await reader.coded('predicted'),
      rank: await reader.numbers('rank', 'u32'),
    };
  } finally {
    await reader.close();
  }
}
