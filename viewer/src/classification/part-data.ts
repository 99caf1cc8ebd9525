import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { Panel } from '../../../src/schema/result-document.js';
import { type PanelKind, parts } from '../../../src/schema/vocabulary.js';
import type { Source } from '../source/source.js';
import type { ThresholdTable } from './figures/threshold-table.js';
import { foldOf, type ModelDocument } from './parts.js';

/** What the page knows of one part; null where the result has no such panel. */
export interface PartData {
  readonly part: string;
  readonly table: ThresholdTable | null;
  readonly indicators: PanelData<'indicators'> | null;
  readonly roc: PanelData<'roc-curve'> | null;
  readonly precisionRecall: PanelData<'precision-recall-curve'> | null;
  readonly confusion: PanelData<'confusion'> | null;
  readonly histogram: PanelData<'histogram'> | null;
  readonly families: PanelData<'families'> | null;
  readonly following: PanelData<'family-thresholds'> | null;
  readonly reliability: PanelData<'reliability'> | null;
  /** What is left without the least credible predictions. */
  readonly rejection: PanelData<'rejection'> | null;
  /** Some of its alerts, and groups of them. */
  readonly alerts: PanelData<'alerts'> | null;
  /** How the figures change with time. */
  readonly decay: PanelData<'decay'> | null;
  /** The folds behind the part `cv`; none for any other. */
  readonly folds: readonly PartData[];
}

type Load = <K extends PanelKind>(kind: K, part?: string) => Promise<PanelData<K> | null>;

/** Loads panels of a document by kind and part. */
export function panelLoader(source: Source, id: string, document: ModelDocument): Load {
  return async <K extends PanelKind>(kind: K, part?: string) => {
    const panel = document.panels.find((one) => one.kind === kind && one.part === part);
    if (!panel) return null;
    return (await source.panel(id, panel as Panel & { kind: K })) as PanelData<K>;
  };
}

/** Everything of a part; of `cv`, its folds too. Rejects with a message for people. */
export async function loadPart(document: ModelDocument, load: Load, part: string): Promise<PartData> {
  const own = await loadOwn(load, part);
  if (part !== parts.cv) return own;
  const names = new Set(document.panels.map((panel) => panel.part ?? '').filter((name) => foldOf(name) !== null));
  const folds = await Promise.all([...names].map((fold) => loadOwn(load, fold)));
  return { ...own, folds };
}

async function loadOwn(load: Load, part: string): Promise<PartData> {
  const [table, indicators, roc, precisionRecall, confusion, histogram, families, following] = await Promise.all([
    load('threshold-table', part),
    load('indicators', part),
    load('roc-curve', part),
    load('precision-recall-curve', part),
    load('confusion', part),
    load('histogram', part),
    load('families', part),
    load('family-thresholds', part),
  ]);
  const [reliability, rejection, decay, alerts] = await Promise.all([
    load('reliability', part),
    load('rejection', part),
    load('decay', part),
    load('alerts', part),
  ]);
  const curves = { table, roc, precisionRecall, histogram, reliability, rejection, decay, alerts };
  return { part, ...curves, indicators, confusion, families, following, folds: [] };
}
