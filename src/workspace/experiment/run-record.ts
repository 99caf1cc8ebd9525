import { availableParallelism } from 'node:os';
import { documentVersion, type RunRecord } from '../../schema/result-document.js';
import type { ExperimentKind } from '../../schema/vocabulary.js';
import type { Configuration } from '../configuration.js';
import { requestSettings } from '../dataset/request-settings.js';
import type { UnsavedDocument } from './finished-result.js';
import type { OpenedDataset } from '../dataset/open-dataset.js';

/** What is told of a run besides what it found. */
export interface RunFacts {
  readonly name: string | null;
  /** Name and version of the program. */
  readonly program: string;
  readonly command: string;
  readonly started: Date;
  readonly durations: RunRecord['durations'];
  /** About this run alone, not about data and model. */
  readonly notes: readonly string[];
  /** A time limit was reached, so that another run may find something else. */
  readonly clockDecided?: boolean;
}

type UnsavedRun = Omit<RunRecord, 'id' | 'database'>;

/** The half of a document that may differ between two runs; the run ends now. */
export function runRecord(facts: RunFacts, opened: OpenedDataset, configuration: Configuration): UnsavedRun {
  const { name, program, command, started, durations, notes, clockDecided } = facts;
  return {
    name,
    program,
    command,
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
    warnings: [...notes],
    cacheHit: opened.report.cacheHit,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    ...(clockDecided && { clockDecided }),
  };
}

/** The document of what an experiment of `kind` found in a dataset. */
export function unsavedDocument(
  kind: ExperimentKind,
  { dataset, report, request }: OpenedDataset,
  outcome: Pick<UnsavedDocument, 'settings' | 'warnings' | 'headline' | 'panels'>,
  run: UnsavedRun,
): UnsavedDocument {
  return {
    schema: 'secuml-result' as const,
    version: documentVersion,
    kind,
    project: dataset.project,
    dataset: { name: dataset.name, hash: dataset.hash, rows: dataset.ids.length, columns: dataset.featureNames.length },
    settings: { ...requestSettings(request), ...outcome.settings },
    warnings: [...report.notes, ...outcome.warnings],
    headline: { ...outcome.headline },
    panels: outcome.panels,
    run,
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
