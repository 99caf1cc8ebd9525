import { gzipSync } from 'node:zlib';
import { grouped, UserError } from '../errors.js';
import type { ExperimentPage } from '../schema/api/experiments.js';
import type { FeatureSummary } from '../schema/api/instance.js';
import type { Cap, PayloadInstance, PayloadRows, ReportPayload } from '../schema/report-payload.js';
import type { AnyPanel } from '../schema/result-document.js';
import { shortenTexts } from './shorten-texts.js';
import { type PanelEconomy, shortenPanels } from './shorten-panels.js';

/** What a report is made of, before anything is left out. */
export interface ReportContent {
  readonly page: ExperimentPage;
  /** The document's panels with their data. */
  readonly panels: readonly AnyPanel[];
  /** At most so many predictions, and what was left out; null where the experiment has none. */
  rows(limit: number): { rows: PayloadRows; cap: Cap | null } | null;
  /** Best-ranked first. */
  readonly features: readonly FeatureSummary[];
  /** The ones most worth a look first. */
  readonly instances: readonly PayloadInstance[];
  /** What could not be had, such as the statistics of a dataset that is gone. */
  readonly notes: readonly string[];
}

interface Economy extends PanelEconomy {
  readonly rows: number;
  readonly instances: number;
  /** Characters of an ident or a name. */
  readonly text: number;
}

/** From all one would want to what is left when names are long and families many. */
const economies: readonly Economy[] = [
  {
    rows: 10_000,
    features: 100,
    instances: 100,
    text: 400,
    importances: 20_000,
    families: 2000,
    curvePoints: 2000,
    foldDetails: true,
    panelSize: 2e6,
  },
  {
    rows: 5000,
    features: 100,
    instances: 60,
    text: 200,
    importances: 10_000,
    families: 500,
    curvePoints: 800,
    foldDetails: true,
    panelSize: 1e6,
  },
  {
    rows: 1500,
    features: 50,
    instances: 50,
    text: 120,
    importances: 2000,
    families: 200,
    curvePoints: 500,
    foldDetails: false,
    panelSize: 5e5,
  },
  {
    rows: 500,
    features: 20,
    instances: 20,
    text: 80,
    importances: 500,
    families: 100,
    curvePoints: 300,
    foldDetails: false,
    panelSize: 2e5,
  },
];

/**
 * The payload of a report in at most `room` bytes of gzip: as much as fits of what a reader looks at first, and a
 * sentence for everything left out. Throws UserError where even the least does not fit.
 */
export function buildPayload(content: ReportContent, room: number): Uint8Array {
  for (const economy of economies) {
    const compressed = gzipSync(JSON.stringify(assemble(content, economy)), { level: 9 });
    if (compressed.length <= room) return compressed;
  }
  throw new UserError('the result is too large for a report of one file', {
    hint: 'look at it with secuml serve, or export it with --format json or csv',
  });
}

function assemble(content: ReportContent, economy: Economy): ReportPayload {
  const { panels, caps } = shortenPanels(content.panels, economy);
  const chosen = content.rows(economy.rows);
  const { document } = content.page;
  const kept = (what: string, n: number, of: number): string[] =>
    n < of ? [`${grouped(n)} ${what} of ${grouped(of)}`] : [];
  return {
    page: {
      ...content.page,
      document: document === null ? null : { ...document, panels: shortenTexts(panels, economy.text) },
    },
    rows: shortenTexts(chosen?.rows ?? null, economy.text),
    rowsCap: chosen?.cap ?? null,
    features: shortenTexts(content.features.slice(0, economy.features), economy.text),
    instances: shortenTexts(content.instances.slice(0, economy.instances), economy.text),
    caps: [
      ...(chosen?.cap ? kept(whatRowsAre(document?.kind), chosen.cap.kept, chosen.cap.of) : []),
      ...caps,
      // Those of a dataset are panels.
      ...(document?.kind === 'stats'
        ? []
        : kept(
            'features with their statistics',
            Math.min(content.features.length, economy.features),
            columns(content),
          )),
      ...content.notes,
    ],
  };
}

/** Groups and pictures predict nothing. */
const whatRowsAre = (kind: string | undefined): string =>
  kind === 'cluster' || kind === 'projection' ? 'instances' : 'predictions';

const columns = (content: ReportContent): number => content.page.document?.dataset.columns ?? 0;
