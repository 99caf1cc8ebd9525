import { nearest, printable, UserError } from '../../errors.js';
import type { AlertSettings, ClassifySettings } from '../../experiments/classify/settings.js';
import { type ClustererId, clusterers } from '../../ml/clustering/registry.js';
import { type AlertKind, alertKinds } from '../../schema/vocabulary.js';
import { choice, list, number, type OptionsOf } from './options.js';

const algorithms = Object.keys(clusterers) as ClustererId[];

/** Options of `classify` about its alerts. */
export const alertOptions = {
  alertBudget: number('--alert-budget <n>', 'the lowest threshold with at most n alerts among what is judged', {
    min: 1,
    integer: true,
  }),
  alerts: list('--alerts <kind>', `look into the alerts: ${alertKinds.join(', ')}`),
  alertClustering: choice('--alert-clustering <id>', algorithms, 'what clusters the alerts; kmeans by default'),
  alertClusters: number('--alert-clusters <n>', 'clusters of alerts (4)', { min: 1, max: 1000, integer: true }),
} as const;

/** The other options that those about alerts get along with or not. */
interface Beside {
  readonly detectionThreshold?: number;
  readonly reject?: number;
  readonly multiclass?: boolean;
  readonly streaming?: boolean;
}

/** What the options say of alerts; throws UserError for what does not go together. */
export function alertSettings(
  options: OptionsOf<typeof alertOptions> & Beside,
): Pick<ClassifySettings, 'alertBudget' | 'alerts'> {
  const { alertBudget } = options;
  if (alertBudget !== undefined && options.detectionThreshold !== undefined) {
    throw new UserError('--alert-budget and --detection-threshold exclude each other: each decides on the threshold');
  }
  if (alertBudget !== undefined && options.reject && !options.multiclass) {
    throw new UserError('--alert-budget and --reject exclude each other', {
      hint: 'what is rejected depends on the threshold, and the budget sets it at the end only: see what it comes to, then give it with --detection-threshold',
    });
  }
  const alerts = kindsOf(options);
  return { ...(alertBudget !== undefined && { alertBudget }), ...(alerts && { alerts }) };
}

function kindsOf(options: OptionsOf<typeof alertOptions> & Beside): AlertSettings | undefined {
  const { alerts = [], alertClustering, alertClusters } = options;
  const unknown = alerts.find((name) => !(alertKinds as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UserError(`--alerts: there is no "${printable(unknown)}"${nearest(unknown, alertKinds)}`, {
      hint: `choose from: ${alertKinds.join(', ')}`,
    });
  }
  const kinds: AlertKind[] = alertKinds.filter((kind) => alerts.includes(kind));
  if (!kinds.includes('clusters') && (alertClustering ?? alertClusters) !== undefined) {
    throw new UserError('--alert-clustering and --alert-clusters go with --alerts clusters');
  }
  if (kinds.length === 0) return undefined;
  if (kinds.includes('families') && options.multiclass) {
    throw new UserError('--alerts families is for models of two classes: with --multiclass the model names families');
  }
  if (options.streaming && (kinds.includes('clusters') || kinds.includes('families'))) {
    throw new UserError('--alerts clusters and families need the features of all alerts, which --streaming lets go', {
      hint: 'leave --streaming out, or ask for --alerts top,random',
    });
  }
  return { kinds, clustering: alertClustering ?? 'kmeans', clusters: alertClusters ?? 4 };
}
