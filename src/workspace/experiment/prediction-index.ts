import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors.js';
import { checkMemory } from '../../io/memory-check.js';
import { predictionCsvHeader, predictionLine } from '../../io/results/prediction-csv.js';
import { countPredictionRows, readPredictionColumns } from '../../io/results/prediction-rows.js';
import { predictionRow } from '../../rows/prediction-row.js';
import { type RowColumns, rowColumns } from '../../rows/row-columns.js';
import { RowIndex } from '../../rows/row-index.js';
import { rowsOfText } from '../../rows/rows-of-text.js';
import type { PredictionRow } from '../../schema/api/rows.js';
import type { ExperimentRecord } from './experiment-record.js';
import { RecentlyOpened } from '../recently-opened.js';
import { rowsFile } from './save-result.js';
import type { Workspace } from '../workspace.js';

/** The predictions of an experiment in memory, to be asked. */
export interface PredictionIndex {
  readonly index: RowIndex;
  /** The rows of an instance, in the order of rows.bin. */
  rowsOfInstance(instanceId: string): Uint32Array;
  /** Rows as pages show them. */
  rows(rows: Uint32Array): PredictionRow[];
  /** The first line of CSV, and the others. */
  readonly csvHead: string;
  csv(rows: Uint32Array): string;
}

/** Bytes a row takes besides its texts: columns, orders, and what the index keeps of queries. */
const bytesPerRow = 170;

/**
 * The predictions of experiments, the recently asked ones kept in memory up to a limit. Those that alone would take more
 * than `largestBytes` are refused.
 */
export class PredictionIndexes {
  private readonly opened: RecentlyOpened<PredictionIndex>;

  constructor(
    private readonly workspace: Workspace,
    limitBytes: number,
    private readonly largestBytes: number,
  ) {
    this.opened = new RecentlyOpened(limitBytes);
  }

  /** Does the experiment have predictions? */
  async has(record: ExperimentRecord): Promise<boolean> {
    return (await stat(join(record.directory, rowsFile)).catch(() => undefined)) !== undefined;
  }

  /** Throws UserError where the experiment has no predictions, they are damaged, or too many. */
  async open(record: ExperimentRecord): Promise<PredictionIndex> {
    const path = join(record.directory, rowsFile);
    const file = await stat(path, { bigint: true }).catch(() => undefined);
    if (!file) {
      throw new UserError(`experiment ${record.id} has no predictions: there is no ${path}`, {
        hint: 'if the results were moved, name their folder with --output-dir and run: secuml reindex',
      });
    }
    return this.opened.get(`${path}\n${file.ino} ${file.size} ${file.mtimeNs}`, async () => {
      const bytes = Number(file.size) + bytesPerRow * (await countPredictionRows(path));
      checkMemory('the predictions', bytes, this.largestBytes, `, or: secuml export ${record.id} --format csv`);
      const stored = await readPredictionColumns(path);
      const columns = rowColumns(stored, await modelClasses(this.workspace, record));
      return { value: predictionIndex(columns), bytes };
    });
  }
}

/** The classes as the confusion matrix names them; undefined where there is none. */
async function modelClasses(workspace: Workspace, record: ExperimentRecord): Promise<readonly string[] | undefined> {
  const { panels } = await workspace.readDocument(record);
  const confusion = panels.find(({ kind }) => kind === 'confusion');
  if (!confusion) return undefined;
  return (await workspace.readPanel(record, { ...confusion, kind: 'confusion' })).classes;
}

function predictionIndex(columns: RowColumns): PredictionIndex {
  const line = predictionLine(columns);
  return {
    index: new RowIndex(columns),
    rowsOfInstance: (instanceId) => rowsOfText(columns.instanceId, instanceId),
    rows: (rows) => Array.from(rows, (row) => predictionRow(columns, row)),
    csvHead: `${predictionCsvHeader(columns)}\n`,
    csv: (rows) => {
      let text = '';
      for (const row of rows) text += line(row);
      return text;
    },
  };
}
