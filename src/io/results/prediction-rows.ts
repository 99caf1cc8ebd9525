import type { StoredColumns } from '../../rows/row-columns.js';
import { type RowTexts, textsOf } from '../../rows/row-texts.js';
import { textRanks } from '../../rows/text-ranks.js';
import type { PredictionTable } from '../../schema/prediction-table.js';
import { componentColumn } from '../../schema/vocabulary.js';
import type { WrittenFile } from './file-writer.js';
import { RowsReader } from './rows-reader.js';
import { type RowsColumn, writeRowsFile } from './rows-writer.js';

/** What rows.bin calls a classifier's rows. */
export const predictionRows = 'predictions';

/** Of fewer rows the orders of the texts are worked out in a moment by who needs them, and few do. */
const ordersFrom = 100_000;

/**
 * Writes a prediction table as rows.bin; columns bear the names of the CSV. From 100,000 rows on two more say how many
 * texts come before the row's own, so that who sorts by them needs not read them.
 */
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
    ...(table.credibility ? [{ name: 'credibility', type: 'f64' as const, values: table.credibility }] : []),
    ...(table.rejected ? [{ name: 'rejected', type: 'coded' as const, values: table.rejected }] : []),
    ...(table.coordinates ?? []).map((values, c) => ({ name: componentColumn(c), type: 'f64' as const, values })),
    ...(table.rows < ordersFrom ? [] : orders(table)),
  ]);
}

function orders({ instanceId, ident }: PredictionTable): RowsColumn[] {
  return [
    { name: instanceIdOrder, type: 'u32', values: textRanks(textsOf(instanceId)) },
    { name: identOrder, type: 'u32', values: textRanks(textsOf(ident)) },
  ];
}

const instanceIdOrder = 'instance_id_order';
const identOrder = 'ident_order';

/** Reads the whole table back; throws UserError if the file is damaged. */
export async function readPredictionRows(path: string): Promise<PredictionTable> {
  return withRows(path, async (reader) => ({
    ...(await readFigures(reader)),
    instanceId: (await reader.text('instance_id')).toArray(),
    ident: (await reader.text('ident')).toArray(),
  }));
}

/** Reads the table as columns to query, texts as bytes; throws UserError if the file is damaged. */
export async function readPredictionColumns(path: string): Promise<StoredColumns> {
  return withRows(path, async (reader) => {
    const instanceId = await reader.text('instance_id');
    const ident = await reader.text('ident');
    return {
      ...(await readFigures(reader)),
      instanceId,
      ident,
      instanceIdOrder: await readOrder(reader, instanceIdOrder, instanceId),
      identOrder: await readOrder(reader, identOrder, ident),
    };
  });
}

/** The rows that a file says it has; throws UserError if it is damaged. */
export async function countPredictionRows(path: string): Promise<number> {
  return withRows(path, async (reader) => reader.rows);
}

async function withRows<T>(path: string, read: (reader: RowsReader) => Promise<T>): Promise<T> {
  const reader = await RowsReader.open(path);
  try {
    return await read(reader);
  } finally {
    await reader.close();
  }
}

async function readFigures(reader: RowsReader): Promise<Omit<PredictionTable, 'instanceId' | 'ident'>> {
  return {
    rows: reader.rows,
    part: await reader.coded('part'),
    fold: await reader.numbers('fold', 'i32'),
    label: await reader.coded('label'),
    family: await reader.coded('family'),
    probability: await reader.numbers('probability', 'f64'),
    score: await reader.numbers('score', 'f64'),
    predicted: await reader.coded('predicted'),
    rank: await reader.numbers('rank', 'u32'),
    ...(reader.has('credibility') && { credibility: await reader.numbers('credibility', 'f64') }),
    ...(reader.has('rejected') && { rejected: await reader.coded('rejected') }),
    ...(reader.has(componentColumn(0)) && { coordinates: await readCoordinates(reader) }),
  };
}

async function readCoordinates(reader: RowsReader): Promise<Float64Array[]> {
  const coordinates: Float64Array[] = [];
  while (reader.has(componentColumn(coordinates.length))) {
    coordinates.push(await reader.numbers(componentColumn(coordinates.length), 'f64'));
  }
  return coordinates;
}

/** The stored order of a text column; worked out for a file that does not have it. */
async function readOrder(reader: RowsReader, name: string, texts: RowTexts): Promise<Uint32Array> {
  return reader.has(name) ? reader.numbers(name, 'u32') : textRanks(texts);
}
