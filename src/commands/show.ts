import { printable, UserError } from '../errors.js';
import type { ResultDocument } from '../schema/result-document.js';
import { resultJsonSchema } from '../schema/result-document.js';
import { instanceReport } from '../terminal/instance-report.js';
import { formatBytes } from '../terminal/number-format.js';
import { resultReport } from '../terminal/result-report.js';
import { type Style, styleFor } from '../terminal/style.js';
import { formatTable } from '../terminal/table.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import type { ExperimentRecord } from '../workspace/experiment/experiment-record.js';
import { openWorkspace } from '../workspace/workspace.js';
import { defineCommand } from './command.js';
import { instanceTold } from './instance-told.js';
import { flag, text } from './options/options.js';

export const showCommand = defineCommand({
  arguments: '[experiment]',
  options: {
    instance: text('--instance <id>', 'one instance: what was said of it, why, and the nearest of each class'),
    part: text('--part <part>', 'with --instance: the part it is in, such as test or dataset:NAME'),
    schema: flag('--schema', 'print the JSON Schema of the result document instead'),
  },
  examples: `Examples:
  secuml show latest
  secuml show 20260102-0304
  secuml show latest --json | jq .headline
  secuml show latest --instance 3749
  secuml show --schema > result.schema.json`,
  async run({ args, options, streams, environment }) {
    if (options.schema) {
      streams.stdout.write(`${JSON.stringify(resultJsonSchema(), null, 2)}\n`);
      return 0;
    }
    const [wanted, ...others] = args;
    if (wanted === undefined)
      throw new UserError('which experiment?', { hint: 'secuml show latest, or an id of: secuml list' });
    if (others.length > 0) throw new UserError(`unexpected argument "${others[0]}"`);
    if (options.part !== undefined && options.instance === undefined) {
      throw new UserError('--part goes with --instance: it says which part the instance is in');
    }
    const configuration = await resolveConfiguration(options, environment);
    const workspace = await openWorkspace(configuration);
    try {
      if (!options.quiet) streams.stderr.write(`database: ${workspace.storeName}\n`);
      const record = await workspace.find(wanted);
      if (record.status !== 'done') throw notFinished(record);
      if (options.instance !== undefined) {
        const { instance: instanceId, part } = options;
        const told = await instanceTold(configuration, { id: record.id, instanceId, part });
        const style = styleFor(streams.stdout, environment);
        streams.stdout.write(
          options.json
            ? `${JSON.stringify(told)}\n`
            : instanceReport(told.instance, told.features, told.nearest, style),
        );
        return 0;
      }
      if (options.json) {
        const document = await workspace.readDocument(record);
        streams.stdout.write(`${JSON.stringify(document)}\n`);
        return 0;
      }
      const style = styleFor(streams.stdout, environment);
      const document = await workspace.readWholeDocument(record);
      streams.stdout.write(
        `${resultReport(document, document.panels, style)}\n${describeRun(record, document, style)}`,
      );
      return 0;
    } finally {
      await workspace.close();
    }
  },
});

function notFinished({ id, kind, status, error }: ExperimentRecord): UserError {
  const why = error === null ? '' : `: ${printable(error)}`;
  const isLoop = kind === 'active-learning' || kind === 'rare-categories';
  const over = isLoop
    ? `every answer is kept; go on with it: secuml label ${id}`
    : 'it has no result; remove it with: secuml remove --interrupted';
  const hint = status === 'running' ? 'it has no result yet' : over;
  return new UserError(`experiment ${id} ${status === 'running' ? 'is still running' : status}${why}`, { hint });
}

function describeRun({ directory }: ExperimentRecord, document: ResultDocument, style: Style): string {
  const { run, artifacts } = document;
  const rows = [
    ['experiment', `${printable(run.id)}${run.name === null ? '' : `  ${printable(run.name)}`}`],
    ['finished', printable(`${run.finished}, ${run.program}`)],
    ['command', printable(run.command, 1000)],
    ['folder', printable(directory)],
    ['files', artifacts.map(({ name, bytes }) => `${printable(name)} (${formatBytes(bytes)})`).join(', ')],
  ];
  const notes = run.warnings.map((warning) => `${style.uncertain('note:')} ${printable(warning, 1000)}\n`);
  return `${formatTable(rows, { align: ['left', 'left'], width: style.tableWidth })}\n${notes.join('')}`;
}
