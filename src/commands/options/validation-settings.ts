import { UserError } from '../../errors.js';
import {
  bucketRules,
  type TimeOrder,
  type Validation,
  type ValidationMode,
} from '../../experiments/classify/settings.js';
import { choice, duration, flag, list, number, type OptionsOf, text, time } from './options.js';

const modes = [
  'random',
  'fixed',
  'temporal',
  'cutoff',
  'cv',
  'temporal-cv',
  'sliding-window',
  'datasets',
  'unlabeled',
] as const satisfies readonly ValidationMode[];

/** Options of `classify` that say what the model is judged on. */
export const validationOptions = {
  validation: choice('--validation <mode>', modes, 'how the model is judged; random by default'),
  testSize: number('--test-size <share>', 'share of the test part: drawn (random), or the latest (temporal) (0.1)', {
    min: 0,
    max: 1,
  }),
  testIds: text('--test-ids <file>', 'file with the instance_id of the test rows; means --validation fixed'),
  folds: number('--folds <n>', 'folds of cv and temporal-cv (4)', { min: 2, integer: true }),
  cutoff: time('--cutoff <time>', 'what is from then on is the test; means --validation cutoff'),
  buckets: number('--buckets <n>', 'buckets of time of the sliding window (10)', { min: 2, integer: true }),
  trainBuckets: number('--train-buckets <n>', 'buckets it is trained on (4)', { min: 1, integer: true }),
  testBuckets: number('--test-buckets <n>', 'buckets after them that it is tested on (1)', { min: 1, integer: true }),
  bucketBy: choice('--bucket-by <rule>', bucketRules, 'buckets of equal time, or of equally many instances (time)'),
  periods: number('--periods <n>', 'spans of the test part that the decay is drawn by (up to 10)', {
    min: 2,
    max: 1000,
    integer: true,
  }),
  gap: duration('--gap <duration>', 'time between training and test that is left out: 7d, 12h (0)'),
  labelDelay: duration('--label-delay <duration>', 'how long after an instance its label is known: 7d, 12h (0)'),
  groupBy: text('--group-by <column>', 'column of idents.csv whose groups are never on both sides'),
  validationDataset: list(
    '--validation-dataset <name>',
    'datasets of the project to test on; means --validation datasets',
  ),
  streaming: flag('--streaming', 'read the features of the validation datasets in batches: little memory, any size'),
  streamBatch: number('--stream-batch <n>', 'instances of a batch (1000)', { min: 1, max: 1_000_000, integer: true }),
} as const;

type ValidationOptions = OptionsOf<typeof validationOptions>;

/** The modes that an option of a mode belongs to. */
const belongs = {
  testSize: ['random', 'temporal'],
  testIds: ['fixed'],
  folds: ['cv', 'temporal-cv'],
  cutoff: ['cutoff'],
  buckets: ['sliding-window'],
  trainBuckets: ['sliding-window'],
  testBuckets: ['sliding-window'],
  bucketBy: ['temporal-cv', 'sliding-window'],
  periods: ['temporal', 'cutoff'],
  gap: ['temporal', 'cutoff', 'temporal-cv', 'sliding-window'],
  labelDelay: ['temporal', 'cutoff', 'temporal-cv', 'sliding-window'],
  groupBy: ['random', 'cv', 'temporal', 'cutoff', 'temporal-cv', 'sliding-window'],
  validationDataset: ['datasets'],
  streaming: ['datasets'],
  streamBatch: ['datasets'],
} as const satisfies Partial<Record<keyof ValidationOptions, readonly ValidationMode[]>>;

/** The validation that the options stand for. `testIds` are those of the file named by --test-ids. */
export function validationSettings(options: ValidationOptions, testIds: ReadonlySet<string> | null): Validation {
  const datasets = options.validationDataset ?? [];
  const mode = options.validation ?? impliedMode(options) ?? 'random';
  refuseUnused(options, mode);
  const { groupBy, periods } = options;
  switch (mode) {
    case 'random':
      return { mode, testSize: testShare(options.testSize ?? 0.1), groupBy };
    case 'fixed':
      if (!testIds) throw new UserError('--validation fixed needs --test-ids FILE');
      return { mode, testIds };
    case 'cv':
      return { mode, folds: options.folds ?? 4, groupBy };
    case 'temporal':
      return { mode, testSize: testShare(options.testSize ?? 0.1), periods, ...timeOrder(options) };
    case 'cutoff':
      if (options.cutoff === undefined) throw new UserError('--validation cutoff needs --cutoff TIME');
      return { mode, cutoff: options.cutoff, periods, ...timeOrder(options) };
    case 'temporal-cv':
      return { mode, folds: options.folds ?? 4, bucketBy: options.bucketBy ?? 'time', ...timeOrder(options) };
    case 'sliding-window':
      return { mode, ...windowOf(options), bucketBy: options.bucketBy ?? 'time', ...timeOrder(options) };
    case 'datasets': {
      if (datasets.length === 0) throw new UserError('--validation datasets needs --validation-dataset NAME');
      const twice = datasets.find((name, i) => datasets.indexOf(name) !== i);
      if (twice !== undefined) throw new UserError(`--validation-dataset ${twice} is given twice`);
      return { mode, datasets, ...streaming(options) };
    }
    case 'unlabeled':
      return { mode };
  }
}

function streaming({ streaming: streamed, streamBatch }: ValidationOptions): { streamBatch?: number } {
  if (streamed) return { streamBatch: streamBatch ?? 1000 };
  if (streamBatch !== undefined) throw new UserError('--stream-batch goes with --streaming');
  return {};
}

function impliedMode({ testIds, validationDataset, cutoff }: ValidationOptions): ValidationMode | undefined {
  if (testIds !== undefined) return 'fixed';
  if (validationDataset !== undefined) return 'datasets';
  return cutoff === undefined ? undefined : 'cutoff';
}

function timeOrder({ gap = 0, labelDelay = 0, groupBy }: ValidationOptions): TimeOrder {
  return { gap, labelDelay, groupBy };
}

function windowOf({ buckets = 10, trainBuckets = 4, testBuckets = 1 }: ValidationOptions) {
  if (trainBuckets + testBuckets > buckets) {
    throw new UserError(
      `--train-buckets ${trainBuckets} and --test-buckets ${testBuckets} are more than the --buckets ${buckets} there are`,
    );
  }
  return { buckets, trainBuckets, testBuckets };
}

function testShare(share: number): number {
  if (share === 0 || share === 1) throw new UserError('--test-size must lie between 0 and 1, both excluded');
  return share;
}

/** An option that the chosen mode would ignore is a mistake worth telling. */
function refuseUnused(options: ValidationOptions, mode: ValidationMode): void {
  for (const [name, its] of Object.entries(belongs)) {
    if (options[name as keyof typeof belongs] === undefined || (its as readonly string[]).includes(mode)) continue;
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const last = its[its.length - 1];
    const named = its.length === 1 ? last : `${its.slice(0, -1).join(', ')} or ${last}`;
    throw new UserError(`${option} goes with --validation ${named}, not with ${mode}`);
  }
}
