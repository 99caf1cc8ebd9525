import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { alertsCsv } from '../../io/results/alerts-csv.js';
import { syncFolder, type WrittenFile, writeWhole } from '../../io/results/file-writer.js';
import { holdsClusters } from '../../io/results/cluster-csv.js';
import { importanceCsv } from '../../io/results/importance-csv.js';
import { partialDependenceCsv } from '../../io/results/partial-dependence-csv.js';
import { writePredictionCsv } from '../../io/results/prediction-csv.js';
import { writePredictionRows } from '../../io/results/prediction-rows.js';
import { axesCsv } from '../../io/results/axes-csv.js';
import { statisticsCsv } from '../../io/results/statistics-csv.js';
import type { PredictionTable } from '../../schema/prediction-table.js';
import { panelSchemas } from '../../schema/panels/registry.js';
import {
  type FileReference,
  type Panel,
  type ResultDocument,
  resultDocumentSchema,
} from '../../schema/result-document.js';
import type { FinishedResult, ResultFile } from './finished-result.js';

/** A panel larger than this is a file of its own. */
const largestPanel = 64 * 1024;
const largestDocument = 2 ** 20;
/** Above this many rows, CSV is written on demand only. */
const csvRows = 100_000;

export const documentFile = 'result.json';
export const rowsFile = 'rows.bin';
export const predictionsCsvFile = 'predictions.csv';
const alertsCsvFile = 'alerts.csv';
const coordinatesCsvFile = 'coordinates.csv';
const axesCsvFile = 'axes.csv';
const clustersCsvFile = 'clusters.csv';
export const statisticsCsvFile = 'statistics.csv';
const importanceCsvFile = 'importance.csv';
const partialDependenceCsvFile = 'partial-dependence.csv';
const panelsFolder = 'panels';

/** What the workspace adds to a result on saving it. */
export interface SavingContext {
  readonly id: string;
  readonly name: string | null;
  readonly database: string;
  readonly rowsCsv: boolean;
  /** For `run.warnings`. */
  readonly notes: readonly string[];
}

/** A result on the disk: the document, and the text of it and of its panels in files of their own, by file name. */
export interface SavedResult {
  readonly document: ResultDocument;
  readonly texts: ReadonlyMap<string, string>;
}

/** What a person calls the rows. */
function csvFile(table: PredictionTable): string {
  if (table.coordinates) return coordinatesCsvFile;
  return holdsClusters(table) ? clustersCsvFile : predictionsCsvFile;
}

/** Writes every file of a result into `folder` and onto the disk, the document last. */
export async function saveResult(folder: string, result: FinishedResult, context: SavingContext): Promise<SavedResult> {
  const artifacts: FileReference[] = [];
  const keep = (name: string, file: WrittenFile): void => {
    artifacts.push({ name, ...file });
  };
  for (const file of result.files) keep(file.name, await writeResultFile(folder, file));
  if (result.predictions) {
    keep(rowsFile, await writePredictionRows(join(folder, rowsFile), result.predictions));
    if (result.predictions.rows <= csvRows || context.rowsCsv) {
      const name = csvFile(result.predictions);
      keep(name, await writePredictionCsv(join(folder, name), result.predictions));
    }
  }
  if (result.alerts && (result.alerts.rows.length <= csvRows || context.rowsCsv)) {
    keep(alertsCsvFile, await writeWhole(join(folder, alertsCsvFile), alertsCsv(result.alerts)));
  }
  if (result.axes) keep(axesCsvFile, await writeWhole(join(folder, axesCsvFile), axesCsv(result.axes)));
  if (result.statistics) {
    keep(statisticsCsvFile, await writeWhole(join(folder, statisticsCsvFile), statisticsCsv(result.statistics)));
  }
  for (const [name, text] of panelTables(result)) keep(name, await writeWhole(join(folder, name), text));
  const { panels, texts } = placePanels(result, context);
  const references = new Map<string, FileReference>();
  if (texts.size > 0) await mkdir(join(folder, panelsFolder));
  for (const [name, text] of texts) {
    const reference = { name, ...(await writeWhole(join(folder, name), text)) };
    references.set(name, reference);
    artifacts.push(reference);
  }
  if (texts.size > 0) await syncFolder(join(folder, panelsFolder));
  artifacts.sort((a, b) => (a.name < b.name ? -1 : 1));
  const document = assemble(result, context, panels(references), artifacts);
  const text = documentText(document);
  await writeWhole(join(folder, documentFile), text);
  await syncFolder(folder);
  return { document, texts: new Map([...texts, [documentFile, text]]) };
}

/** Panels that are tables of features, as CSV by file name. */
function panelTables({ document }: FinishedResult): [name: string, text: string][] {
  return document.panels.flatMap((panel): [string, string][] => {
    if (!('data' in panel)) return [];
    const { kind, data } = panel;
    if (kind === 'importance') return [[importanceCsvFile, importanceCsv(panelSchemas[kind].parse(data))]];
    if (kind === 'partial-dependence') {
      return [[partialDependenceCsvFile, partialDependenceCsv(panelSchemas[kind].parse(data))]];
    }
    return [];
  });
}

async function writeResultFile(folder: string, file: ResultFile): Promise<WrittenFile> {
  const path = join(folder, file.name);
  if ('json' in file) return writeWhole(path, `${JSON.stringify(file.json)}\n`);
  if ('content' in file) return writeWhole(path, file.content);
  return hashOnDisk(path);
}

async function hashOnDisk(path: string): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
  return { bytes, sha256: hash.digest('hex') };
}

interface PlacedPanels {
  /** The panels of the document, once the files are written. */
  panels(references: ReadonlyMap<string, FileReference>): Panel[];
  /** Text of the panels' own files by name. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Decides which panels stay in the document: those up to 64 KiB, and of these, the largest leave until it fits. */
function placePanels({ document }: FinishedResult, context: SavingContext): PlacedPanels {
  const texts = document.panels.map((panel) => {
    if (!('data' in panel)) throw new Error(`panel ${panel.id} has no data`);
    // Refuses what JSON cannot hold (NaN, typed arrays) while it is still known where it came from.
    return JSON.stringify(panelSchemas[panel.kind].parse(panel.data));
  });
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const inside = new Set(sizes.keys());
  for (const [k, size] of sizes.entries()) if (size > largestPanel) inside.delete(k);
  const rest = Buffer.byteLength(documentText(assemble({ document, files: [] }, context, [], []))) + 400 * texts.length;
  let total = rest;
  for (const k of inside) total += sizes[k];
  for (const k of [...inside].sort((a, b) => sizes[b] - sizes[a])) {
    if (total <= largestDocument) break;
    inside.delete(k);
    total -= sizes[k];
  }
  const digits = String(texts.length).length;
  const names = document.panels.map(
    (panel, k) => `${panelsFolder}/${String(k + 1).padStart(digits, '0')}-${panel.kind}.json`,
  );
  return {
    texts: new Map(texts.flatMap((text, k) => (inside.has(k) ? [] : [[names[k], `${text}\n`] as const]))),
    panels: (references) =>
      document.panels.map((panel, k) => {
        const { kind, id, title, part } = panel;
        const head = part === undefined ? { kind, id, title } : { kind, id, title, part };
        const file = references.get(names[k]);
        return file ? { ...head, file } : { ...head, data: JSON.parse(texts[k]) as unknown };
      }),
  };
}

function assemble(
  { document }: FinishedResult,
  context: SavingContext,
  panels: Panel[],
  artifacts: FileReference[],
): ResultDocument {
  const { run } = document;
  // Spelled out: the order of the keys is the order of the file.
  return resultDocumentSchema.parse({
    schema: document.schema,
    version: document.version,
    kind: document.kind,
    project: document.project,
    dataset: document.dataset,
    settings: document.settings,
    warnings: [...document.warnings],
    headline: finite(document.headline),
    panels,
    artifacts,
    run: {
      ...run,
      id: context.id,
      name: context.name,
      database: context.database,
      warnings: [...run.warnings, ...context.notes],
    },
  });
}

/** NaN and infinity are null in JSON, and so in the document at hand too. */
function finite(headline: Readonly<Record<string, number | null>>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(headline).map(([name, value]) => [name, value !== null && Number.isFinite(value) ? value : null]),
  );
}

/** One line for each entry of the document, and for each panel and artifact: readable, and good to compare. */
export function documentText(document: ResultDocument): string {
  const lines = Object.entries(document).map(([key, value]) => {
    const listed = (key === 'panels' || key === 'artifacts') && Array.isArray(value) && value.length > 0;
    const text = listed ? `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]` : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}
