import type { RowColumns } from '../rows/row-columns.js';
import type { ExperimentPage } from '../schema/api/experiments.js';
import type { FeatureSummary } from '../schema/api/instance.js';
import type { PayloadInstance } from '../schema/report-payload.js';
import type { AnyPanel } from '../schema/result-document.js';
import { buildPayload } from './build-payload.js';
import { fillTemplate, roomForPayload } from './fill-template.js';
import { pickRows } from './pick-rows.js';
import { readTemplate } from './template.js';

/** A report is never larger than this, whatever the size of the data. */
const largestReport = 2e6;

/** What a report is made of. */
export interface ReportMaterial {
  readonly page: ExperimentPage;
  /** The panels of the page's document, with their data. */
  readonly panels: readonly AnyPanel[];
  /** Null for an experiment without predictions. */
  readonly predictions: RowColumns | null;
  /** Best-ranked first. */
  readonly features: readonly FeatureSummary[];
  /** Most worth a look first. */
  readonly instances: readonly PayloadInstance[];
  /** What could not be had, in plain sentences. */
  readonly notes: readonly string[];
}

/** A result as one HTML page of at most 2 MB that opens from disk and fetches nothing. */
export async function buildReport(material: ReportMaterial): Promise<string> {
  const { predictions, panels } = material;
  const template = await readTemplate();
  const threshold = decisionThreshold(panels);
  const rows = (limit: number) => (predictions === null ? null : pickRows(predictions, limit, threshold));
  return fillTemplate(template, buildPayload({ ...material, rows }, roomForPayload(template, largestReport)));
}

/** The threshold of the document's figures, one half where it has none. */
export function decisionThreshold(panels: readonly AnyPanel[]): number {
  for (const panel of panels)
    if (panel.kind === 'indicators' && panel.data.threshold !== null) return panel.data.threshold;
  return 0.5;
}
