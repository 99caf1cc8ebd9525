import { loopOutcome, settingsForDocument } from '../../experiments/labelling/loop-outcome.js';
import type { LoopDriver } from '../../labelling/loop-driver.js';
import type { LoopResultState } from '../../schema/api/loops.js';
import type { ResultDocument } from '../../schema/result-document.js';
import type { Configuration } from '../../workspace/configuration.js';
import type { OpenedDataset } from '../../workspace/dataset/open-dataset.js';
import { OpenElsewhereError } from '../../workspace/experiment/running-experiment.js';
import { programName } from '../../workspace/program-version.js';
import { runRecord, Stopwatch, unsavedDocument } from '../../workspace/experiment/run-record.js';
import type { Workspace } from '../../workspace/workspace.js';

/** The result document of a loop that pages look at: written when the loop ends, and whenever somebody asks for it. */
export class LoopResult {
  private known: LoopResultState = { state: 'none', problem: null };
  private writing: Promise<void> | null = null;
  /** The figures of the result that was looked at last. */
  private read: { readonly finished: string | null; readonly headline: ResultDocument['headline'] } | null = null;

  constructor(
    private readonly workspace: Workspace,
    private readonly configuration: Configuration,
    private readonly opened: OpenedDataset,
    private readonly driver: LoopDriver,
    /** Called after each change of `state`. */
    private readonly changed: () => void,
  ) {}

  get state(): LoopResultState {
    return this.known;
  }

  /** Looks whether there is a result, and whether it tells of the loop as it stands. */
  async look(): Promise<void> {
    if (this.writing) return;
    const { id, counts, history, budget } = this.driver.view;
    const record = await this.workspace.experiment(id);
    // While a terminal has the loop open its row is `running`; the result of before is there all the same, but old.
    if (record?.status !== 'done') return this.say({ state: 'none', problem: null });
    if (this.read?.finished !== record.finished) {
      const { headline } = await this.workspace.readDocument(record);
      this.read = { finished: record.finished, headline };
    }
    const { headline } = this.read;
    const isCurrent =
      headline.labels === counts.labels &&
      headline['families.all'] === counts.families.all &&
      headline.iterations === history.length &&
      headline.budgetLeft === budget.left;
    this.say({ state: isCurrent ? 'current' : 'old', problem: null });
  }

  /**
   * Writes the result of the loop as it stands, once however often it is asked for meanwhile. What fails is told in
   * `state`; another process that has the loop open writes its result itself when it is left.
   */
  write(): Promise<void> {
    this.writing ??= this.compute()
      .then(() => this.say({ state: 'current', problem: null }))
      .catch((error: unknown) => {
        const elsewhere = error instanceof OpenElsewhereError;
        this.say({ state: elsewhere ? 'elsewhere' : 'failed', problem: (error as Error).message });
      })
      .finally(() => (this.writing = null));
    return this.writing;
  }

  private async compute(): Promise<void> {
    const { driver, opened, configuration, workspace } = this;
    const { data, settings, executor, signal, stored } = driver.parts;
    const { id, project, dataset } = stored.place;
    this.say({ state: 'writing', problem: null });
    const { kind } = driver.view;
    const started = new Date();
    const stopwatch = new Stopwatch('opening the result');
    const name = (await workspace.experiment(id))?.name ?? undefined;
    const start = { kind, project, dataset, name, reopen: id, settings: settingsForDocument(settings) };
    const running = await workspace.begin(start);
    try {
      const { state, labels } = driver.known;
      const outcome = await loopOutcome({ ...data, state, labels }, settings, {
        seed: settings.seed,
        executor,
        signal,
        stage: (stage) => stopwatch.stage(stage),
      });
      const facts = {
        name: name ?? null,
        program: programName,
        command: `secuml label ${id} --no-prompt`,
        started,
        durations: stopwatch.stop(),
        notes: [...workspace.warnings, ...opened.report.cacheNotes],
      };
      const run = runRecord(facts, opened, configuration);
      const { files, predictions } = outcome;
      await running.finish({ document: unsavedDocument(kind, opened, outcome, run), files, predictions });
    } catch (error) {
      await running.fail(error);
      throw error;
    }
  }

  private say(state: LoopResultState): void {
    if (state.state === this.known.state && state.problem === this.known.problem) return;
    this.known = state;
    this.changed();
  }
}
