import { nearest, printable, UserError } from '../errors.js';
import { leadingFigureNames, pickLeadingFigures } from '../schema/leading-figures.js';
import { experimentKinds } from '../schema/vocabulary.js';
import { formatCount, formatSeconds, formatShare, undefinedFigure } from '../terminal/number-format.js';
import { type Style, styleFor } from '../terminal/style.js';
import { formatTable } from '../terminal/table.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import type { ExperimentRecord } from '../workspace/experiment/experiment-record.js';
import { findDatasets } from '../workspace/dataset/found-datasets.js';
import { openWorkspace, type Workspace } from '../workspace/workspace.js';
import { defineCommand } from './command.js';
import { choice, text } from './options/options.js';

export const listCommand = defineCommand({
  arguments: '[project] [dataset]',
  options: {
    project: text('--project <name>', 'only experiments of this project'),
    dataset: text('--dataset <name>', 'only experiments on this dataset'),
    kind: choice('--kind <kind>', experimentKinds, 'only experiments of this kind'),
  },
  examples: `Examples:
  secuml list
  secuml list --project SpamHam --kind classify
  secuml list --json`,
  async run({ args, options, streams, environment }) {
    const positional = [...args];
    const project = options.project ?? positional.shift();
    const dataset = options.dataset ?? positional.shift();
    if (positional.length > 0) throw new UserError(`unexpected argument "${printable(positional[0])}"`);
    const wanted = [project, dataset].filter((name) => name !== undefined);
    const filter = { project, dataset, kind: options.kind };
    const configuration = await resolveConfiguration(options, environment);
    const workspace = await openWorkspace(configuration);
    try {
      if (!options.quiet) streams.stderr.write(`database: ${workspace.storeName}\n`);
      const records = await workspace.list(filter);
      if (records.length === 0) await refuseUnknown(workspace, configuration.inputDir, project, dataset);
      const figures = await workspace.figures(leadingFigureNames);
      const listed = records.map((record) => ({
        ...record,
        headline: pickLeadingFigures(record.kind, figures.get(record.id))[0] ?? null,
      }));
      if (options.json) streams.stdout.write(`${JSON.stringify(listed)}\n`);
      else streams.stdout.write(describeList(listed, wanted, styleFor(streams.stdout, environment)));
      return 0;
    } finally {
      await workspace.close();
    }
  },
});

interface LeadingFigure {
  readonly name: string;
  readonly value: number;
}

type Listed = ExperimentRecord & { readonly headline: LeadingFigure | null };

/** Throws UserError for a project or dataset that has neither results nor files: a slip of the pen looks like no results. */
async function refuseUnknown(
  workspace: Workspace,
  inputDir: string,
  project?: string,
  dataset?: string,
): Promise<void> {
  if (project === undefined && dataset === undefined) return;
  const withResults = (await workspace.list()).map((record) => [record.project, record.dataset]);
  const withFiles = (await findDatasets(inputDir)).map((path) => path.split('/'));
  const known = [...withResults, ...withFiles];
  const refuse = (what: string, name: string, names: readonly string[]): never => {
    const distinct = [...new Set(names)].sort();
    throw new UserError(`there is no ${what} "${printable(name)}"${printable(nearest(name, distinct))}`, {
      hint: `known ${what}s: ${distinct.map((each) => printable(each, 60)).join(', ') || 'none'}`,
    });
  };
  const projects = known.map(([of]) => of);
  if (project !== undefined && !projects.includes(project)) refuse('project', project, projects);
  const datasets = known.filter(([of]) => project === undefined || of === project).map(([, name]) => name);
  if (dataset !== undefined && !datasets.includes(dataset)) refuse('dataset', dataset, datasets);
}

/** Counts are whole; 0 and 1 are written so as shares, too. */
const formatHeadline = (value: number | null): string =>
  Number.isInteger(value) ? formatCount(value) : formatShare(value);

function describeList(listed: readonly Listed[], wanted: readonly string[], style: Style): string {
  if (listed.length === 0) {
    const whose = wanted.length === 0 ? '' : ` of ${wanted.map((name) => printable(name)).join('/')}`;
    return `no experiments${whose} yet; for instance: secuml classify --project SpamHam --dataset spamassassin\n`;
  }
  const colours = { done: style.benign, running: style.all, failed: style.malicious, interrupted: style.uncertain };
  const rows = listed.map(({ id, kind, project, dataset, name, status, started, seconds, warnings, headline }) => [
    style.title(id),
    colours[status](status),
    kind,
    printable(`${project}/${dataset}`, 60),
    name === null ? '' : printable(name, 40),
    started.replace('T', ' ').slice(0, 16),
    headline === null ? undefinedFigure : `${headline.name} ${formatHeadline(headline.value)}`,
    seconds === null ? undefinedFigure : formatSeconds(seconds),
    warnings === 0 ? '' : String(warnings),
  ]);
  const head = ['id', 'state', 'kind', 'dataset', 'name', 'started (UTC)', 'headline', 'took', 'warnings'];
  const align = head.map((_, k) => (k < 7 ? ('left' as const) : ('right' as const)));
  return `${formatTable(rows, { head, align, indent: 0, width: style.tableWidth })}\n`;
}
