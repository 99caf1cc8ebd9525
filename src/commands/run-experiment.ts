import { availableParallelism } from 'node:os';
import type { ExperimentContext, ExperimentOutcome } from '../experiments/experiment.js';
import type { CancelSignal } from '../ml/fit-context.js';
import { throwIfCancelled } from '../ml/fit-context.js';
import { threadExecutor } from '../parallel/thread-executor.js';
import { documentVersion, type ResultDocument, type RunRecord, type Settings } from '../schema/result-document.js';
import type { ExperimentKind } from '../schema/vocabulary.js';
import type { ProgressReporter } from '../terminal/progress.js';
import type { Configuration } from '../workspace/configuration.js';
import { requestSettings } from '../workspace/dataset/request-settings.js';
import type { OpenedDataset } from '../workspace/open-dataset.js';
import type { Workspace } from '../workspace/workspace.js';
import { programName } from './program-version.js';

/** An experiment to run: what it is, on what, and how. */
export interface ExperimentRequest<O extends ExperimentOutcome> {
  readonly kind: ExperimentKind;
  readonly name?: string;
  /** The experiment to take up again. */
  readonly reopen?: string;
  readonly settings: Settings;
  readonly opened: OpenedDataset;
  readonly commandLine: string;
  readonly stopwatch: Stopwatch;
  /** About this run alone, not about data and model. */
  readonly notes?: readonly string[];
  /** `id`: the experiment's. */
  compute(context: ExperimentContext, id: string): Promise<O>;
}

export interface FinishedExperiment<O> {
  readonly outcome: O;
  readonly document: ResultDocument;
  readonly directory: string;
}

/** Begins an experiment, computes it on worker threads, saves it. A failure or Ctrl-C leaves nothing half-written. */
export async function runExperiment<O extends ExperimentOutcome>(
  workspace: Workspace,
  configuration: Configuration,
  request: ExperimentRequest<O>,
  progress: ProgressReporter,
  signal: CancelSignal,
): Promise<FinishedExperiment<O>> {
  const { opened, kind, name, reopen, settings, stopwatch } = request;
  const { project, name: dataset } = opened.dataset;
  const started = new Date();
  const running = await workspace.begin({ kind, project, dataset, name, reopen, settings });
  const executor = threadExecutor(configuration.jobs);
  try {
    const outcome = await request.compute(
      {
        seed: configuration.seed,
        executor,
        signal,
        stage: (stage) => {
          stopwatch.stage(stage);
          progress.update(0, 1, stage);
        },
        progress: progress.update,
      },
      running.id,
    );
    throwIfCancelled(signal);
    const durations = stopwatch.stop();
    const notes = [...workspace.warnings, ...opened.report.cacheNotes, ...(request.notes ?? [])];
    const run = runRecord(request, started, durations, configuration, notes);
    const { directory, document } = await running.finish({
      document: unsavedDocument(request, outcome, run),
      files: outcome.files,
      predictions: outcome.predictions,
    });
    return { outcome, document, directory };
  } catch (error) {
    await running.fail(error);
    throw error;
  } finally {
    await executor.close();
  }
}

type UnsavedRun = Omit<RunRecord, 'id' | 'database'>;

function unsavedDocument<O extends ExperimentOutcome>(request: ExperimentRequest<O>, outcome: O, run: UnsavedRun) {
  const { dataset, report } = request.opened;
  return {
    schema: 'secuml-result' as const,
    version: documentVersion,
    kind: request.kind,
    project: dataset.project,
    dataset: { name: dataset.name, hash: dataset.hash, rows: dataset.ids.length, columns: dataset.featureNames.length },
    settings: { ...requestSettings(request.opened.request), ...outcome.settings },
    warnings: [...report.notes, ...outcome.warnings],
    headline: { ...outcome.headline },
    panels: outcome.panels,
    run,
  };
}

function runRecord<O extends ExperimentOutcome>(
  request: ExperimentRequest<O>,
  started: Date,
  durations: RunRecord['durations'],
  configuration: Configuration,
  warnings: readonly string[],
): UnsavedRun {
  return {
    name: request.name ?? null,
    program: programName,
    command: request.commandLine,
    started: started.toISOString(),
    finished: new Date().toISOString(),
    durations,
    jobs: configuration.jobs,
    input: configuration.inputDir,
    environment: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cores: availableParallelism(),
    },
    warnings: [...warnings],
    cacheHit: request.opened.report.cacheHit,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** Times the stages of a run, one after the other. */
export class Stopwatch {
  readonly #durations: { stage: string; seconds: number }[] = [];
  #stage: string;
  #since = performance.now();

  constructor(firstStage: string) {
    this.#stage = firstStage;
  }

  /** The current stage ends and another begins. */
  stage(name: string): void {
    this.#durations.push({ stage: this.#stage, seconds: this.#elapsed() });
    this.#stage = name;
    this.#since = performance.now();
  }

  /** Every stage with its seconds of the wall clock. */
  stop(): { stage: string; seconds: number }[] {
    this.stage('');
    return this.#durations;
  }

  #elapsed(): number {
    return Math.round(performance.now() - this.#since) / 1000;
  }
}
