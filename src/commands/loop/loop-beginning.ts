import { printable } from '../../errors.js';
import type { LabellingSettings } from '../../experiments/labelling/settings.js';
import type { LoopData } from '../../labelling/loop-parts.js';
import { requestSettings } from '../../workspace/dataset/request-settings.js';
import type { LabelStore } from '../../workspace/labels/label-store.js';
import type { StoredLoop } from '../../workspace/loop-store.js';
import type { DatasetRequest } from '../../workspace/dataset/open-dataset.js';
import type { LoopKind } from '../options/labelling-options.js';

/** What a loop is begun with. */
export interface LoopBeginning {
  readonly kind: LoopKind;
  readonly settings: LabellingSettings;
  readonly request: DatasetRequest;
  readonly author: string | null;
  /** The label set that answers go into; undefined for the loop's own. */
  readonly labelSet: string | undefined;
}

/**
 * Writes down what a loop begins with, after its initial labels: a loop that exists has them all, whenever the process is
 * killed. Returns what to know of them, null for nothing. Throws UserError where the label set cannot be written.
 */
export async function beginLoop(
  stored: StoredLoop,
  labels: LabelStore,
  data: LoopData,
  { kind, settings, request, author, labelSet }: LoopBeginning,
): Promise<string | null> {
  const { id, project, dataset } = stored.place;
  const set = labelSet ?? `loop-${id}`;
  const name = { project, dataset, set };
  // Says now, before anybody answers, whether answers can be written.
  await labels.append(name, []);
  const initial = request.labels === undefined ? [] : initialAnswers(data, author, request.labels);
  const keptOut = initial.length > 0 && (await labels.events(name)).length > 0;
  if (!keptOut) await labels.append(name, initial);
  await stored.append(() => [
    {
      type: 'start',
      at: new Date().toISOString(),
      author,
      id,
      kind,
      project,
      dataset,
      datasetHash: data.dataset.hash,
      labelSet: set,
      request: { ...requestSettings(request) },
      settings: { ...settings },
    },
  ]);
  return keptOut ? `the label set ${printable(set)} has answers: the initial labels are left out` : null;
}

function initialAnswers({ dataset: { labels, ids, idents } }: LoopData, author: string | null, source: string) {
  if (!labels) return [];
  const { label, family, families } = labels;
  return [...ids.keys()]
    .filter((row) => label[row] !== -1)
    .map((row) => ({
      instanceId: ids[row],
      ident: idents[row],
      label: label[row] === 1 ? ('malicious' as const) : ('benign' as const),
      family: family[row] === -1 ? null : families[family[row]],
      author,
      source: `initial:${source}`,
      iteration: null,
    }));
}
