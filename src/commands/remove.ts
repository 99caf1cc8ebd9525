import { counted, printable, UserError } from '../errors.js';
import { confirm } from '../terminal/confirm.js';
import { formatCount } from '../terminal/number-format.js';
import { progressReporter } from '../terminal/progress.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import type { RemovalPlan, RemovalReport, RemovalRequest } from '../workspace/removal.js';
import { openWorkspace } from '../workspace/workspace.js';
import { defineCommand } from './command.js';
import { flag, text } from './options/options.js';

export const removeCommand = defineCommand({
  arguments: '[project]',
  options: {
    project: text('--project <name>', 'the project, in place of the argument'),
    dataset: text('--dataset <name>', 'only the results on this dataset'),
    experiment: text('--experiment <id>', 'only this experiment'),
    interrupted: flag('--interrupted', 'what was interrupted or failed, of every project; labelling loops stay'),
    labelsToo: flag('--labels-too', 'destroy the label logs too; they are moved aside otherwise'),
    yes: flag('--yes', 'do not ask'),
  },
  examples: `Examples:
  secuml remove --experiment latest
  secuml remove --interrupted --yes
  secuml remove SpamHam --dataset spamassassin
Input data is never touched.`,
  async run({ args, options, streams, environment }) {
    const request = removalRequest(options, args);
    const configuration = await resolveConfiguration(options, environment);
    const progress = progressReporter(streams.stderr, environment, options.quiet ?? false);
    const workspace = await openWorkspace(configuration);
    try {
      progress.note(`database: ${workspace.storeName}`);
      const plan = await workspace.removePlan(request);
      for (const id of plan.kept) progress.note(`kept: ${id}, whose files are whole; bring it in with: secuml reindex`);
      for (const id of plan.loops) {
        progress.note(
          `kept: the labelling loop ${id}: go on with it (secuml label ${id}), or remove it by --experiment`,
        );
      }
      const nothing = plan.experiments.length === 0 && plan.labelSets.length === 0;
      if (!nothing && !options.yes) {
        const question = `Remove ${describePlan(plan, options.labelsToo ?? false)} from ${configuration.outputDir}?`;
        if (!(await confirm(streams.stdin, streams.stderr, question, 'add --yes to remove without being asked'))) {
          streams.stderr.write('nothing was removed\n');
          return 0;
        }
      }
      const report = await workspace.remove(plan, {
        labelsToo: options.labelsToo ?? false,
        progress: (done, total) => progress.update(done, total, 'removing'),
      });
      progress.end();
      streams.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describeReport(report));
      return 0;
    } finally {
      progress.end();
      await workspace.close();
    }
  },
});

interface RemoveOptions {
  readonly project?: string;
  readonly dataset?: string;
  readonly experiment?: string;
  readonly interrupted?: boolean;
}

/** Exactly one thing is removed at a time: a slip must not take more than was meant. */
function removalRequest(
  { project: option, dataset, experiment, interrupted }: RemoveOptions,
  args: readonly string[],
): RemovalRequest {
  const [argument, ...others] = args;
  const project = option ?? argument;
  if (others.length > 0 || (option !== undefined && argument !== undefined)) {
    throw new UserError(`unexpected argument "${printable(others[0] ?? argument)}"`, {
      hint: 'a dataset is named with --dataset',
    });
  }
  const named = [project, experiment, interrupted || undefined].filter((choice) => choice !== undefined);
  if (named.length !== 1 || (dataset !== undefined && project === undefined)) {
    throw new UserError('remove what? expected exactly one of: a project, --experiment ID, --interrupted', {
      hint: 'a dataset of a project: secuml remove PROJECT --dataset NAME',
    });
  }
  if (experiment !== undefined) return { experiment };
  return project === undefined ? { interrupted: true } : { project, dataset };
}

function describePlan({ experiments, labelSets }: RemovalPlan, labelsToo: boolean): string {
  const finished = experiments.filter((experiment) => experiment.finished).length;
  const [first] = experiments;
  const parts = [
    experiments.length === 1
      ? `the experiment ${first.id} of ${printable(first.project, 40)}/${printable(first.dataset, 40)}${first.finished ? '' : ' (not finished)'}`
      : `${counted(experiments.length, 'experiment')} (${formatCount(finished)} finished)`,
  ];
  if (labelSets.length > 0) {
    const names = labelSets.map(({ set }) => printable(set, 40)).join(', ');
    parts.push(`${labelsToo ? 'destroy' : 'move aside'} ${counted(labelSets.length, 'label set')} (${names})`);
  }
  return parts.join(' and ');
}

function describeReport({ experiments, labelSets, labelsMovedTo }: RemovalReport): string {
  const lines = [`removed: ${counted(experiments, 'experiment')}, ${counted(labelSets, 'label set')}`];
  if (labelsMovedTo !== undefined) lines.push(`the label logs are in ${labelsMovedTo}`);
  return `${lines.join('\n')}\n`;
}
