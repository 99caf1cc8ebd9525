import type { ExperimentContext, ExperimentOutcome } from '../../experiments/experiment.js';
import type { CancelSignal } from '../../ml/fit-context.js';
import { throwIfCancelled } from '../../ml/fit-context.js';
import { eventLoopTurn, threadExecutor } from '../../parallel/thread-executor.js';
import type { ResultDocument, Settings } from '../../schema/result-document.js';
import type { ExperimentKind } from '../../schema/vocabulary.js';
import type { ProgressReporter } from '../../terminal/progress.js';
import type { Configuration } from '../../workspace/configuration.js';
import type { OpenedDataset } from '../../workspace/dataset/open-dataset.js';
import { runRecord, type Stopwatch, unsavedDocument } from '../../workspace/experiment/run-record.js';
import type { Workspace } from '../../workspace/workspace.js';
import { programName } from '../program-version.js';

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
  let clockDecided = false;
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
        timeLimit: (seconds) => {
          const end = performance.now() + 1000 * seconds;
          return {
            get cancelled() {
              const isUp = performance.now() >= end;
              clockDecided ||= isUp;
              return isUp;
            },
          };
        },
        progress: progress.update,
        turn: eventLoopTurn,
      },
      running.id,
    );
    throwIfCancelled(signal);
    const durations = stopwatch.stop();
    const notes = [...workspace.warnings, ...opened.report.cacheNotes, ...(request.notes ?? [])];
    const facts = {
      name: name ?? null,
      program: programName,
      command: request.commandLine,
      started,
      durations,
      notes,
      clockDecided,
    };
    const run = runRecord(facts, opened, configuration);
    const { directory, document } = await running.finish({
      document: unsavedDocument(kind, opened, outcome, run),
      files: outcome.files,
      predictions: outcome.predictions,
      statistics: outcome.statistics,
      alerts: outcome.alerts,
      axes: outcome.axes,
    });
    return { outcome, document, directory };
  } catch (error) {
    await running.fail(error);
    throw error;
  } finally {
    await executor.close();
  }
}
