import { UserError } from '../../errors.js';
import type { Configuration } from '../../workspace/configuration.js';
import type { DatasetRequest } from '../../workspace/dataset/open-dataset.js';

/** Options of a subcommand that name a dataset. */
interface DatasetSelection {
  readonly project?: string;
  readonly dataset?: string;
  readonly features?: readonly string[];
  readonly labels?: string;
  readonly filterIn?: string;
  readonly filterOut?: string;
  readonly sample?: number;
}

/** The dataset that options and positional arguments name: `--project P --dataset D`, or just `P D`. */
export function datasetRequest(
  options: DatasetSelection,
  args: readonly string[],
  configuration: Configuration,
): DatasetRequest {
  const positional = [...args];
  const project = options.project ?? positional.shift();
  const dataset = options.dataset ?? positional.shift();
  if (project === undefined || dataset === undefined) {
    throw new UserError('which dataset? --project and --dataset are needed', {
      hint: 'for instance: --project SpamHam --dataset spamassassin',
    });
  }
  if (positional.length > 0) throw new UserError(`unexpected argument "${positional[0]}"`);
  const { features, labels, filterIn, filterOut, sample } = options;
  return {
    inputDir: configuration.inputDir,
    project,
    dataset,
    features,
    labels,
    filterIn,
    filterOut,
    sample,
    seed: configuration.seed,
    verifyInput: configuration.verifyInput,
    cacheDirectory: `${configuration.outputDir}/.cache`,
    cacheLimitBytes: configuration.cacheLimit,
  };
}
