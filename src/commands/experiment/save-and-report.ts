import type { ExperimentContext, ExperimentOutcome } from '../../experiments/experiment.js';
import type { ResultDocument, Settings } from '../../schema/result-document.js';
import type { ExperimentKind } from '../../schema/vocabulary.js';
import { progressReporter } from '../../terminal/progress.js';
import type { Style } from '../../terminal/style.js';
import type { Configuration } from '../../workspace/configuration.js';
import { type DatasetRequest, type OpenedDataset, openDataset } from '../../workspace/dataset/open-dataset.js';
import { Stopwatch } from '../../workspace/experiment/run-record.js';
import { labelSource } from '../../workspace/labels/label-source.js';
import { openWorkspace } from '../../workspace/workspace.js';
import type { ExitCode, experimentOptions, Invocation } from '../command.js';
import type { Assertion } from '../options/assertions.js';
import { reportResult } from './report-result.js';
import { runExperiment } from './run-experiment.js';

/** What a subcommand wants computed, decided before any file is read. */
export interface ExperimentPlan<O extends ExperimentOutcome> {
  readonly kind: ExperimentKind;
  readonly configuration: Configuration;
  readonly request: DatasetRequest;
  readonly assertions: readonly Assertion[];
  /** What --assert may ask for; the headline, unless told. */
  readonly figures?: (outcome: O) => Readonly<Record<string, number | null>>;
  /** The result for people. */
  readonly report: (document: ResultDocument, outcome: O, style: Style) => string;
  /** What is done with the dataset, now that it is known. Throws UserError for what cannot be done. */
  prepare(opened: OpenedDataset): PreparedExperiment<O> | Promise<PreparedExperiment<O>>;
}

export interface PreparedExperiment<O extends ExperimentOutcome> {
  /** As the document keeps them. */
  readonly settings: Settings;
  /** About this run alone, not about data and model. */
  readonly notes?: readonly string[];
  compute(context: ExperimentContext): Promise<O>;
}

/** The story of every subcommand that computes: open a dataset, compute, save one result, show it. */
export async function saveAndReport<O extends ExperimentOutcome>(
  { kind, configuration, request, assertions, figures, report, prepare }: ExperimentPlan<O>,
  { options, streams, environment, signal, commandLine }: Invocation<typeof experimentOptions>,
): Promise<ExitCode> {
  const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
  const workspace = await openWorkspace(configuration);
  try {
    progress.note(`database: ${workspace.storeName}`);
    progress.update(0, 1, 'reading the dataset');
    const stopwatch = new Stopwatch('reading');
    const opened = await openDataset(request, labelSource(configuration.outputDir));
    const prepared = await prepare(opened);
    const { outcome, document, directory } = await runExperiment(
      workspace,
      configuration,
      { kind, name: options.name, opened, commandLine, stopwatch, ...prepared },
      progress,
      signal,
    );
    progress.end();
    return reportResult(
      { document, directory, figures: figures?.(outcome) ?? outcome.headline },
      { assertions, report: (style) => report(document, outcome, style) },
      { streams, environment, json: options.json, quiet: options.quiet },
    );
  } finally {
    progress.end();
    await workspace.close();
  }
}
