import { printable, UserError } from '../errors.js';
import { chooseParts } from '../experiments/compare/choose-parts.js';
import { compareParts, type Comparison } from '../experiments/compare/compare.js';
import { comparisonReport } from '../terminal/comparison-report.js';
import { progressReporter } from '../terminal/progress.js';
import { styleFor } from '../terminal/style.js';
import { type ChangesOfPair, changesCsv } from '../workspace/compare/compare-csv.js';
import { writeOutputFile } from '../workspace/output-file.js';
import { type ComparablePredictions, openPredictions } from '../workspace/compare/compare-predictions.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import type { ExperimentRecord } from '../workspace/experiment/experiment-record.js';
import { openWorkspace, type Workspace } from '../workspace/workspace.js';
import { defineCommand, experimentOptions } from './command.js';
import { number, text } from './options/options.js';

const usualRows = 10;

export const compareCommand = defineCommand({
  arguments: '[experiments...]',
  options: {
    part: text('--part <name>', 'part to compare: test, cv, dataset:NAME … (the first in common, held-out ones first)'),
    rows: number('--rows <n>', `changed instances to list (${usualRows})`, { min: 0, max: 10_000, integer: true }),
    output: text('--output <file>', 'write all changed instances as CSV (- for stdout, in place of the report)'),
    seed: experimentOptions.seed,
  },
  examples: `Examples:
  secuml compare 20260102-0304 latest
  secuml compare forest linear --rows 30
  secuml compare 8k2m 7d1c x9aa --part cv --json
  secuml compare 8k2m 7d1c --output changed.csv

An experiment is named by its id, the beginning or the last four characters of one, its --name, or latest.
All others are compared with the first, on the instances that both have judged: docs/comparing.md.`,
  async run({ args, options, streams, environment, signal }) {
    if (args.length < 2) {
      throw new UserError('which experiments? at least two are needed', {
        hint: 'their ids are listed by: secuml list',
      });
    }
    const configuration = await resolveConfiguration(options, environment);
    const workspace = await openWorkspace(configuration);
    const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
    try {
      if (!options.quiet) streams.stderr.write(`database: ${workspace.storeName}\n`);
      const records = await findAll(workspace, args);
      const comparison = await compare(workspace, records, options.part, {
        seed: configuration.seed,
        rows: options.rows ?? usualRows,
        signal,
        progress: afterASecond((done, total) => progress.update(done, total, 'resampling')),
      });
      progress.end();
      const pairs = changesOf(comparison);
      if (options.output === '-') {
        for (const piece of changesCsv(pairs)) streams.stdout.write(piece);
        return 0;
      }
      if (options.output !== undefined) await writeOutputFile(options.output, changesCsv(pairs));
      if (options.json) streams.stdout.write(`${JSON.stringify(comparison.document)}\n`);
      else streams.stdout.write(comparisonReport(comparison.document, styleFor(streams.stdout, environment)));
      if (options.output !== undefined && !options.quiet) {
        const total = pairs.reduce((sum, pair) => sum + pair.total, 0);
        streams.stderr.write(`saved: ${printable(options.output)} (${total} changed instances)\n`);
      }
      return 0;
    } finally {
      progress.end();
      await workspace.close();
    }
  },
});

/** Most comparisons are done before a progress line could be read. */
function afterASecond(report: (done: number, total: number) => void): (done: number, total: number) => void {
  const start = Date.now();
  return (done, total) => {
    if (Date.now() - start > 1000) report(done, total);
  };
}

async function findAll(workspace: Workspace, wanted: readonly string[]): Promise<ExperimentRecord[]> {
  const records: ExperimentRecord[] = [];
  for (const typed of wanted) {
    const record = await workspace.find(typed);
    if (records.some(({ id }) => id === record.id)) {
      throw new UserError(`"${printable(typed)}" is experiment ${record.id}, which is named before`);
    }
    records.push(record);
  }
  return records;
}

/** Opens all, chooses the parts, and reads only these. */
async function compare(
  workspace: Workspace,
  records: readonly ExperimentRecord[],
  part: string | undefined,
  options: Parameters<typeof compareParts>[1],
): Promise<Comparison> {
  const opened: ComparablePredictions[] = [];
  try {
    for (const record of records) opened.push(await openPredictions(workspace, record));
    const { chosen, notes } = chooseParts(opened, part);
    const parts = await Promise.all(opened.map((predictions, k) => predictions.read(chosen[k])));
    return compareParts(parts, { ...options, notes });
  } finally {
    await Promise.all(opened.map((predictions) => predictions.close()));
  }
}

function changesOf({ document, changes }: Comparison): ChangesOfPair[] {
  return changes.map(({ total, at }, k) => ({
    baseline: document.baseline.id,
    other: document.pairs[k].other.id,
    total,
    at,
  }));
}
