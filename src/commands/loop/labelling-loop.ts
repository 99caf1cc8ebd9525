import { InterruptedError, printable, UserError } from '../../errors.js';
import { loopOutcome, type LoopOutcome, settingsForDocument } from '../../experiments/labelling/loop-outcome.js';
import { classifierSettings, type LabellingSettings, settingsFromLog } from '../../experiments/labelling/settings.js';
import type { ExperimentContext } from '../../experiments/experiment.js';
import { refuseMissing } from '../../experiments/classify/task.js';
import { canonicalName, canProduce } from '../../experiments/classify/headline.js';
import { iterationThread } from '../../iteration-thread/iteration-thread.js';
import { LoopDriver } from '../../labelling/loop-driver.js';
import { loopData, requestOfLoop } from '../../labelling/loop-data.js';
import type { LoopData } from '../../labelling/loop-parts.js';
import { Seat } from '../../labelling/seat.js';
import { threadExecutor } from '../../parallel/thread-executor.js';
import type { LoopView } from '../../schema/labelling.js';
import type { LoopStart } from '../../schema/loop-log.js';
import { labellingReport } from '../../terminal/labelling-report.js';
import { progressReporter, type ProgressReporter } from '../../terminal/progress.js';
import { styleFor } from '../../terminal/style.js';
import { type Configuration, resolveConfiguration } from '../../workspace/configuration.js';
import { initialLabelsFile } from '../../workspace/labels/initial-labels.js';
import { labelCsv } from '../../workspace/labels/label-csv.js';
import { labelSource } from '../../workspace/labels/label-source.js';
import { findLoop, StoredLoop } from '../../workspace/loop-store.js';
import { type DatasetRequest, openDataset, type OpenedDataset } from '../../workspace/dataset/open-dataset.js';
import { writeOutputFile } from '../../workspace/output-file.js';
import { OpenElsewhereError } from '../../workspace/experiment/running-experiment.js';
import { Stopwatch } from '../../workspace/experiment/run-record.js';
import { openWorkspace, type Workspace } from '../../workspace/workspace.js';
import { answerAll, type Answerer } from './answer-all.js';
import { checkAssertions, describeAssertions, parseAssertions } from '../options/assertions.js';
import type { ExitCode, Invocation } from '../command.js';
import { closingLines } from '../closing-lines.js';
import { datasetRequest } from '../options/dataset-request.js';
import { labelInTerminal } from './label-in-terminal.js';
import { authorOf } from '../labels/label-set-target.js';
import { type labellingOptions, labellingSettings, type LoopKind, refuseBegun } from '../options/labelling-options.js';
import type { datasetOptions, experimentOptions } from '../command.js';
import type { screenOptions } from './label-in-terminal.js';
import { beginLoop } from './loop-beginning.js';
import { answererFromFile, answererFromTruth } from './loop-answerer.js';
import { nextSteps } from './loop-next-steps.js';
import { type FinishedExperiment, runExperiment } from '../experiment/run-experiment.js';

type LoopInvocation = Invocation<
  typeof datasetOptions & typeof labellingOptions & typeof experimentOptions & typeof screenOptions
>;

/** A loop to run: begun now, or long ago. */
interface LoopPlan {
  readonly kind: LoopKind;
  readonly settings: LabellingSettings;
  readonly request: DatasetRequest;
  /** What the loop was begun with; null for a new one. */
  readonly start: LoopStart | null;
}

/** The commands that begin a labelling loop, or go on with one (`--resume`). */
export async function runLabelling(kind: LoopKind, invocation: LoopInvocation): Promise<ExitCode> {
  const { args, options, environment } = invocation;
  if (options.resume !== undefined) {
    refuseBegun(options, args);
    return resumeLabelling(options.resume, invocation);
  }
  const configuration = await resolveConfiguration(options, environment);
  if (options.labels !== undefined) {
    throw new UserError('--labels is not for labelling loops', {
      hint: 'what a loop begins with: --init-labels FILE|none; where answers go: --label-set NAME',
    });
  }
  const named = datasetRequest(options, args, configuration);
  const settings = labellingSettings(options, kind, configuration.seed);
  const labels = await initialLabelsFile(named, options.initLabels);
  return runPlan({ kind, settings, request: { ...named, labels }, start: null }, configuration, invocation);
}

/** Goes on with a loop as it was begun. */
export async function resumeLabelling(id: string, invocation: LoopInvocation): Promise<ExitCode> {
  const configuration = await resolveConfiguration(invocation.options, invocation.environment);
  const start = await loopNamed(configuration, id);
  const settings = settingsFromLog(start.settings);
  const request = requestOfLoop(start, settings, configuration);
  const own = { ...configuration, seed: settings.seed };
  return runPlan({ kind: start.kind, settings, request, start }, own, invocation);
}

/** The loop of an id, the beginning or tail of one, `latest`, or a name. */
async function loopNamed(configuration: Configuration, wanted: string): Promise<LoopStart> {
  const { outputDir } = configuration;
  try {
    return await findLoop(outputDir, wanted);
  } catch (error) {
    // Names are in the database alone.
    const workspace = await openWorkspace(configuration);
    try {
      const kinds: readonly string[] = ['active-learning', 'rare-categories'];
      const named = (await workspace.list()).filter(({ name, kind }) => name === wanted && kinds.includes(kind));
      if (named.length === 1) return await findLoop(outputDir, named[0].id);
      if (named.length === 0) throw error;
      throw new UserError(`several labelling loops are named so: ${named.map(({ id }) => id).join(', ')}`, {
        hint: 'type the id of one',
      });
    } finally {
      await workspace.close();
    }
  }
}

async function runPlan(plan: LoopPlan, configuration: Configuration, invocation: LoopInvocation): Promise<ExitCode> {
  const { options, streams, environment } = invocation;
  refuseNobody(invocation);
  const assertions = loopAssertions(plan.settings, options.assert ?? []);
  const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
  const workspace = await openWorkspace(configuration);
  try {
    progress.note(`database: ${workspace.storeName}`);
    progress.update(0, 1, 'reading the dataset');
    const stopwatch = new Stopwatch('reading');
    const opened = await openDataset(plan.request, labelSource(configuration.outputDir));
    refuseMissing(opened.dataset, classifierSettings(plan.settings, { mode: 'unlabeled' }));
    const data = await loopData(opened, plan.settings, plan.start);
    const answerer = await answererOf(plan, data, options);
    const place: Place = { workspace, configuration, plan, data, answerer, progress, invocation };
    const run = async (own: Place): Promise<ExitCode> => {
      const finished = await runLoop(own, opened, stopwatch);
      progress.end();
      tell(own, finished);
      const checked = checkAssertions(assertions, finished.outcome.figures);
      streams.stderr.write(describeAssertions(checked));
      return checked.every(({ passed }) => passed) ? 0 : 1;
    };
    try {
      return await run(place);
    } catch (error) {
      if (!(error instanceof OpenElsewhereError) || !plan.start || !asksPeople(options)) throw error;
      progress.end();
      await sitAsGuest(place, plan.start);
    }
    try {
      // Who had the loop open may have left it, or died, meanwhile.
      return await run({ ...place, isAnswered: true });
    } catch (error) {
      if (!(error instanceof OpenElsewhereError)) throw error;
      if (options.exportLabels !== undefined) await exportLabels(place, plan.start.labelSet, options.exportLabels);
      streams.stderr.write('another process has the loop open, too: it writes the result when it is left\n');
      return 0;
    }
  } finally {
    progress.end();
    await workspace.close();
  }
}

/** What the parts of a run share. */
interface Place {
  readonly workspace: Workspace;
  readonly configuration: Configuration;
  readonly plan: LoopPlan;
  readonly data: LoopData;
  /** Answers where nobody is asked; null for nobody. */
  readonly answerer: Answerer | null;
  readonly progress: ProgressReporter;
  readonly invocation: LoopInvocation;
  /** Somebody answered already: what is left is the result. */
  readonly isAnswered?: boolean;
}

/** A loop's result, with how it stood when it was left. */
type LeftLoop = LoopOutcome & { readonly view: LoopView };

async function runLoop(
  place: Place,
  opened: OpenedDataset,
  stopwatch: Stopwatch,
): Promise<FinishedExperiment<LeftLoop>> {
  const { workspace, configuration, plan, progress, invocation } = place;
  // A loop that is gone on with keeps its name.
  const begun = plan.start ? await workspace.experiment(plan.start.id) : undefined;
  return runExperiment<LeftLoop>(
    workspace,
    configuration,
    {
      kind: plan.kind,
      name: invocation.options.name ?? begun?.name ?? undefined,
      reopen: plan.start?.id,
      settings: settingsForDocument(plan.settings),
      opened,
      commandLine: invocation.commandLine,
      stopwatch,
      compute: (context, id) => compute(place, context, id, opened),
    },
    progress,
    invocation.signal,
  );
}

function tell({ invocation, plan }: Place, { document, outcome, directory }: FinishedExperiment<LeftLoop>): void {
  const { options, streams, environment } = invocation;
  if (options.json) streams.stdout.write(`${JSON.stringify(document)}\n`);
  else streams.stdout.write(labellingReport(document, outcome.panels, styleFor(streams.stdout, environment)));
  if (options.quiet) return;
  streams.stderr.write(closingLines(document, directory, styleFor(streams.stderr, environment)));
  streams.stderr.write(nextSteps(outcome.view, plan.settings.model));
}

function loopAssertions(settings: LabellingSettings, expressions: readonly string[]) {
  const { validationDatasets: datasets } = settings;
  const judgedBy =
    datasets.length > 0 ? ({ mode: 'datasets', datasets } as const) : ({ mode: 'cv', folds: 4 } as const);
  const judged = classifierSettings(settings, judgedBy);
  return parseAssertions(expressions, (name) =>
    ownFigures.has(name) ? name : canProduce(name, judged) ? canonicalName(name) : null,
  );
}

const ownFigures = new Set([
  'labels',
  'iterations',
  'families.malicious',
  'families.benign',
  'families.all',
  'budgetLeft',
]);

function asksPeople({ auto, answers, prompt }: LoopInvocation['options']): boolean {
  return !auto && answers === undefined && prompt !== false;
}

/** Somebody must answer: a person at a terminal, or what an option names. */
function refuseNobody({ options, streams }: LoopInvocation): void {
  const named = [
    options.auto && '--auto',
    options.answers !== undefined && '--answers',
    options.prompt === false && '--no-prompt',
  ];
  const given = named.filter((name) => name !== false && name !== undefined);
  if (given.length > 1) throw new UserError(`${given.join(' and ')} exclude each other`);
  const terminal = streams.stdin.isTTY && (streams.stdout.isTTY || streams.stderr.isTTY);
  if (given.length === 0 && !terminal && !options.plain) {
    throw new UserError('labelling asks questions, and there is no terminal', {
      hint: '--auto answers from the true labels, --answers FILE from a file, --no-prompt computes the queries and stops, --plain asks in lines',
    });
  }
}

async function compute(place: Place, context: ExperimentContext, id: string, opened: OpenedDataset): Promise<LeftLoop> {
  const { workspace, configuration, plan, data, progress, invocation } = place;
  const { options, environment, signal } = invocation;
  const { project, name: dataset } = opened.dataset;
  const stored = new StoredLoop(configuration.outputDir, { project, dataset, id });
  const author = options.auto ? 'truth' : authorOf(options.author, environment);
  if (!plan.start) {
    const beginning = { ...plan, author, labelSet: options.labelSet };
    const note = await beginLoop(stored, workspace.labels, data, beginning);
    if (note !== null) progress.note(note);
  } else if (options.budget !== undefined) {
    await allow(stored, options.budget, author);
  }
  const { executor } = context;
  const { settings } = plan;
  const thread = iterationThread(data, settings, configuration.jobs);
  const { compute: iterate } = thread;
  const parts = { stored, labels: workspace.labels, data, settings, executor, compute: iterate, author, signal };
  context.stage('looking for near-duplicates');
  const driver = await LoopDriver.open(parts);
  context.stage('labelling');
  const told = new Set<string>();
  const unwatch = driver.onChange(({ budget: { left, total }, warnings, iteration }) => {
    progress.update(total - left, total, 'answers');
    for (const warning of warnings) {
      if (!told.has(warning)) progress.note(`iteration ${iteration}: ${printable(warning, 500)}`);
      told.add(warning);
    }
  });
  try {
    if (place.isAnswered) {
      unwatch();
    } else if (asksPeople(options)) {
      unwatch();
      await progressPaused(progress, () => sit(place, driver, id, author));
    } else {
      await answerAll(driver, place.answerer, signal, (note) => progress.note(note));
    }
  } finally {
    unwatch();
    await driver.close();
    await thread.close();
  }
  if (signal.cancelled) throw new InterruptedError(`every answer is kept; go on with: secuml label ${id}`);
  if (options.exportLabels !== undefined) await exportLabels(place, driver.view.labelSet, options.exportLabels);
  context.stage('the last model');
  const { state, labels } = driver.known;
  const standing = { ...data, state, labels };
  return { ...(await loopOutcome(standing, plan.settings, context)), view: driver.view };
}

/** More answers than the loop was begun with, or fewer. */
async function allow(stored: StoredLoop, total: number, author: string | null): Promise<void> {
  await stored.append(() => [{ type: 'budget', at: new Date().toISOString(), author, total }]);
}

/** Who answers where nobody is asked; null for nobody. */
async function answererOf(
  { request }: LoopPlan,
  data: LoopData,
  { answers, auto }: LoopInvocation['options'],
): Promise<Answerer | null> {
  if (answers !== undefined) return answererFromFile(request, answers);
  return auto ? answererFromTruth(data) : null;
}

/** Seats the person at the terminal. */
async function sit(place: Place, driver: LoopDriver, id: string, author: string | null): Promise<void> {
  const { plan, invocation } = place;
  const { inputDir, project, dataset } = plan.request;
  const seat = Seat.take(driver, author);
  const resumeCommand = `secuml label ${id}`;
  const loop = { inputDir, project, dataset, resumeCommand };
  const { ended } = await labelInTerminal(seat, invocation, invocation.options.plain, loop);
  if (driver.failed) throw driver.failed;
  if (ended === 'interrupted') throw new InterruptedError(`every answer is kept; go on with: ${resumeCommand}`);
}

/** A loop that another process has open: both answer, one of them computes. */
async function sitAsGuest(place: Place, start: LoopStart): Promise<void> {
  const { configuration, workspace, data, plan, invocation } = place;
  const { budget } = invocation.options;
  const author = authorOf(invocation.options.author, invocation.environment);
  const { project, dataset, id } = start;
  const executor = threadExecutor(configuration.jobs);
  const stored = new StoredLoop(configuration.outputDir, { project, dataset, id });
  if (budget !== undefined) await allow(stored, budget, author);
  const { signal } = invocation;
  const { settings } = plan;
  const thread = iterationThread(data, settings, configuration.jobs);
  const { compute: iterate } = thread;
  const parts = { stored, labels: workspace.labels, data, settings, executor, compute: iterate, author, signal };
  const driver = await LoopDriver.open(parts);
  try {
    await sit(place, driver, id, author);
  } finally {
    await driver.close();
    await thread.close();
    await executor.close();
  }
}

async function progressPaused(progress: ProgressReporter, work: () => Promise<void>): Promise<void> {
  // The screen is the person's.
  progress.end();
  await work();
}

async function exportLabels({ workspace, data }: Place, set: string, file: string): Promise<void> {
  const { project, name: dataset } = data.dataset;
  const { current } = await workspace.labels.read({ project, dataset, set });
  await writeOutputFile(file, labelCsv(current));
}
