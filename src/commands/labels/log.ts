import { counted, printable } from '../../errors.js';
import type { LabelEvent } from '../../schema/label-event.js';
import { formatCount } from '../../terminal/number-format.js';
import { type Style, styleFor } from '../../terminal/style.js';
import { formatTable } from '../../terminal/table.js';
import { resolveConfiguration } from '../../workspace/configuration.js';
import { familyTitle } from '../../workspace/labels/editing/plan-family-edit.js';
import { LabelHistory, type LabelOperation } from '../../workspace/labels/editing/label-history.js';
import { operationTitle } from '../../workspace/labels/editing/operation-titles.js';
import { LabelReader } from '../../workspace/labels/label-reader.js';
import { defineCommand } from '../command.js';
import { labelSetOptions, labelSetTarget, setTitle } from './label-set-target.js';
import { flag, number, text } from '../options/options.js';

const usualLines = 50;

export const logCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: {
    ...labelSetOptions,
    instance: text('--instance <id>', 'only what was said of this instance, answer by answer'),
    last: number('--last <n>', `only the last n lines (${usualLines})`, { min: 1, integer: true }),
    all: flag('--all', 'every line'),
  },
  examples: `Examples:
  secuml labels log SpamHam spamassassin
  secuml labels log SpamHam spamassassin --instance 17
  secuml labels log SpamHam spamassassin --all --json
An operation (import, rename, merge, split, swap, undo) is one line. With --json: all its events, as in the log file.`,
  async run({ args, options, streams, environment }) {
    const usage = 'labels log PROJECT DATASET [--label-set NAME]';
    const { set } = labelSetTarget(options, args, { fewest: 0, most: 0, usage });
    const configuration = await resolveConfiguration(options, environment);
    const { events, warnings } = await new LabelReader(configuration.outputDir).read(set);
    if (!options.quiet) for (const warning of warnings) streams.stderr.write(`note: ${warning}\n`);
    const history = new LabelHistory(events);
    const { instance } = options;
    const lines: readonly LogLine[] =
      instance === undefined
        ? linesOf(history)
        : events.filter((event) => event.instance_id === instance).map((event) => ({ events: [event] }));
    const most = options.all ? lines.length : (options.last ?? usualLines);
    const shown = lines.slice(Math.max(0, lines.length - most));
    if (options.json) {
      streams.stdout.write(`${JSON.stringify({ ...set, events: shown.flatMap((line) => line.events) })}\n`);
      return 0;
    }
    const left = lines.length - shown.length;
    if (left > 0 && !options.quiet) streams.stderr.write(`${counted(left, 'earlier line')}: --all shows all\n`);
    if (shown.length === 0)
      streams.stdout.write(`nothing was said${instance === undefined ? '' : ' of it'} in ${setTitle(set)}\n`);
    else streams.stdout.write(`${describeLines(history, shown, styleFor(streams.stdout, environment))}\n`);
    return 0;
  },
});

/** An operation with its events, or a single answer. */
interface LogLine {
  readonly events: readonly LabelEvent[];
  readonly operation?: LabelOperation;
}

function linesOf(history: LabelHistory): LogLine[] {
  const lines: LogLine[] = [];
  for (let at = 0; at < history.events.length; ) {
    const index = history.operationOf[at];
    const operation = index < 0 ? undefined : history.operations[index];
    const events = operation ? history.eventsOf(operation) : [history.events[at]];
    lines.push({ events, ...(operation ? { operation } : {}) });
    at += events.length;
  }
  return lines;
}

function describeLines(history: LabelHistory, lines: readonly LogLine[], style: Style): string {
  const rows = lines.map(({ events, operation }) => {
    const [{ n, at, author }] = events;
    const last = events[events.length - 1].n;
    return [
      n === last ? String(n) : `${n}-${last}`,
      at.replace('T', ' ').slice(0, 19),
      author === null ? style.quiet('unnamed') : printable(author, 30),
      operation ? operationLine(history, operation, style) : answerLine(events[0]),
    ];
  });
  const head = ['event', 'when (UTC)', 'who', 'what'];
  return formatTable(rows, { head, align: head.map(() => 'left' as const), indent: 0, width: style.tableWidth });
}

function operationLine(history: LabelHistory, operation: LabelOperation, style: Style): string {
  const { written, first, last, undone, kind } = operation;
  const expected = last - first + 1;
  const size =
    written < expected ? `cut short: ${formatCount(written)} of ${formatCount(expected)}` : formatCount(written);
  const imports = kind === 'labels import' && written === expected;
  const what = `${operationTitle(history, operation)}${imports ? '' : ` (${size})`}`;
  return undone ? `${what} ${style.quiet('taken back')}` : what;
}

function answerLine({ instance_id: id, ident, label, family, source }: LabelEvent): string {
  const answer = label === null ? 'taken back' : `${label}${family === null ? '' : ` ${familyTitle({ family })}`}`;
  return `${printable(id, 40)} ${printable(ident, 60)}: ${answer}${source === null ? '' : ` (${printable(source, 40)})`}`;
}
