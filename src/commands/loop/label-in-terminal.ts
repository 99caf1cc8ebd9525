import type { LabellingSession } from '../../labelling/labelling-session.js';
import type { LabellingOutcome } from '../../terminal/labelling/labelling-io.js';
import { runLabellingScreen } from '../../terminal/labelling/run-labelling-screen.js';
import { listInstanceViews, readInstanceView } from '../../workspace/dataset/instance-views.js';
import type { Invocation } from '../command.js';
import { flag } from '../options/options.js';

/** Options of the commands that ask a person. */
export const screenOptions = {
  plain: flag('--plain', 'ask in lines: for screen readers and simple terminals'),
} as const;

/** Whose instances are labelled, and how one comes back to them. */
export interface LabelledLoop {
  readonly inputDir: string;
  readonly project: string;
  readonly dataset: string;
  /** The command that opens the loop again. */
  readonly resumeCommand: string;
}

/**
 * Seats the person at the terminal at a loop until they leave. Where stdout is a file or another program, the questions
 * are on stderr. Throws UserError where there is no terminal and no lines are wished for.
 */
export async function labelInTerminal(
  session: LabellingSession,
  { streams, environment }: Pick<Invocation, 'streams' | 'environment'>,
  plain: boolean | undefined,
  loop: LabelledLoop,
): Promise<LabellingOutcome> {
  const { stdin: input, stdout, stderr: errors } = streams;
  const output = stdout.isTTY || !errors.isTTY ? stdout : errors;
  const { inputDir, project, dataset } = loop;
  const view = (await listInstanceViews(inputDir, project)).find(({ problem }) => problem === undefined);
  return await runLabellingScreen(
    session,
    { input, output, errors, environment, process },
    {
      plain,
      resumeCommand: loop.resumeCommand,
      ...(view && {
        original: (instanceId: string) => readInstanceView({ inputDir, project, dataset, instanceId }, view.name),
      }),
    },
  );
}
