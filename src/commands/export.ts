import { printable, UserError } from '../errors.js';
import { reportService } from '../server/threads/report-service.js';
import { formatBytes } from '../terminal/number-format.js';
import { writePieces } from '../terminal/write-pieces.js';
import { type Configuration, resolveConfiguration } from '../workspace/configuration.js';
import type { ExperimentRecord } from '../workspace/experiment/experiment-record.js';
import { csvPieces, jsonPieces, openPredictions, tableCsv } from '../workspace/experiment/export-lines.js';
import { writeOutputFile } from '../workspace/output-file.js';
import { openWorkspace, type Workspace } from '../workspace/workspace.js';
import { defineCommand } from './command.js';
import { choice, text } from './options/options.js';

export const exportCommand = defineCommand({
  arguments: '[experiment]',
  options: {
    format: choice('--format <format>', ['html', 'json', 'csv'], 'one page that opens anywhere, all data, rows'),
    output: text('--output <file>', 'where to write it; - for stdout, the default of json and csv'),
  },
  examples: `Examples:
  secuml export latest --format html
  secuml export latest --format html --output report.html
  secuml export 20260102-0304 --format csv | head
  secuml export latest --format json --output result.json

html: one file of at most 2 MB that opens from disk and fetches nothing; what it leaves out, it says.
json: the document with every panel and every prediction. csv: every prediction (of stats: every feature; of projection: every coordinate), safe to open in a spreadsheet.`,
  async run({ args, options, streams, environment }) {
    const [wanted, ...others] = args;
    if (wanted === undefined)
      throw new UserError('which experiment?', { hint: 'secuml export latest, or an id of: secuml list' });
    if (others.length > 0) throw new UserError(`unexpected argument "${printable(others[0])}"`);
    const format = options.format ?? 'html';
    const configuration = await resolveConfiguration(options, environment);
    const workspace = await openWorkspace(configuration);
    try {
      if (!options.quiet) streams.stderr.write(`database: ${workspace.storeName}\n`);
      const record = await workspace.find(wanted);
      if (record.status !== 'done') {
        throw new UserError(`experiment ${record.id} has no result: it is ${record.status}`);
      }
      const pieces = await exported(workspace, configuration, record, format);
      const output = options.output ?? (format === 'html' ? reportName(record) : '-');
      if (output === '-') {
        await writePieces(streams.stdout, pieces);
        return 0;
      }
      const bytes = await writeOutputFile(output, pieces);
      if (!options.quiet) streams.stderr.write(`saved: ${printable(output)} (${formatBytes(bytes)})\n`);
      return 0;
    } finally {
      await workspace.close();
    }
  },
});

/** A name without anything that a file system or a shell would trip over. */
function reportName({ project, dataset, id }: ExperimentRecord): string {
  return `${`${project}-${dataset}`.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 120)}-${id}.html`;
}

async function exported(
  workspace: Workspace,
  configuration: Configuration,
  record: ExperimentRecord,
  format: 'html' | 'json' | 'csv',
): Promise<Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>> {
  if (format === 'html') {
    const reports = await reportService(configuration);
    return [await reports.html(record.id)];
  }
  const document = await workspace.readWholeDocument(record);
  const predictions = await openPredictions(record, document);
  if (format === 'json') return jsonPieces(document, predictions);
  if (predictions !== null) return csvPieces(predictions);
  return [tableCsv(record, document)];
}
