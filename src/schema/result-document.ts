import * as z from 'zod';
import { UserError } from '../errors.js';
import { type PanelData, panelSchemas } from './panels/registry.js';
import { experimentKinds, type PanelKind, panelKinds } from './vocabulary.js';

/** The version of the result document that this program writes; it reads this one and older ones. */
export const documentVersion = 1;

const fileReference = z.object({
  /** Relative to the experiment's directory. */
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const panelHead = {
  /** Unique in the document: the kind and the part, such as `roc-curve:test`. */
  id: z.string(),
  title: z.string(),
  part: z.string().optional(),
};

/** A panel with its data in the document, or in a file of its own when larger than 64 KiB. */
const panel = z.union([
  z.object({ kind: z.enum(panelKinds), ...panelHead, data: z.unknown() }),
  z.object({ kind: z.enum(panelKinds), ...panelHead, file: fileReference }),
]);

const paramValue = z.union([z.number(), z.string(), z.boolean()]);

/** The half of the document that may differ between two runs of the same experiment. */
const runSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  program: z.string(),
  command: z.string(),
  started: z.string(),
  finished: z.string(),
  /** Seconds of the wall clock, by stage, in the order the stages ran. */
  durations: z.array(z.object({ stage: z.string(), seconds: z.number() })),
  jobs: z.number().int(),
  database: z.string(),
  input: z.string(),
  environment: z.object({ node: z.string(), platform: z.string(), cores: z.number().int() }),
  warnings: z.array(z.string()),
  cacheHit: z.boolean(),
  peakMemoryBytes: z.number(),
  /** A wall clock decided something (a time limit), so another run may differ. */
  clockDecided: z.boolean().optional(),
});

export const resultDocumentSchema = z.object({
  schema: z.literal('secuml-result'),
  version: z.number().int().positive(),
  kind: z.enum(experimentKinds),
  project: z.string(),
  dataset: z.object({
    name: z.string(),
    hash: z.string(),
    rows: z.number().int().nonnegative(),
    columns: z.number().int().nonnegative(),
  }),
  /** Resolved settings, with the seed. */
  settings: z.record(
    z.string(),
    z.union([paramValue, z.null(), z.array(paramValue), z.record(z.string(), paramValue)]),
  ),
  /** About data and model, in plain sentences. */
  warnings: z.array(z.string()),
  headline: z.record(z.string(), z.number().nullable()),
  panels: z.array(panel),
  artifacts: z.array(fileReference),
  run: runSchema,
});

export type ResultDocument = z.infer<typeof resultDocumentSchema>;
export type FileReference = z.infer<typeof fileReference>;
export type Panel = z.infer<typeof panel>;
export type RunRecord = z.infer<typeof runSchema>;
export type Settings = ResultDocument['settings'];

/** A panel before it is saved: its data at hand. */
export type PanelOf<K extends PanelKind> = { kind: K; id: string; title: string; part?: string; data: PanelData<K> };
export type AnyPanel = { [K in PanelKind]: PanelOf<K> }[PanelKind];

/**
 * The document in `json`, checked and brought up to this version.
 * Throws UserError, naming `source`, for anything else and for a document of a newer version.
 */
export function readResultDocument(json: unknown, source: string): ResultDocument {
  const head = z.object({ schema: z.literal('secuml-result'), version: z.number().int() }).safeParse(json);
  if (!head.success) throw new UserError(`${source} is not a result of secuml`);
  if (head.data.version > documentVersion) {
    throw new UserError(
      `${source} was written by a newer secuml (document version ${head.data.version}, this one reads up to ${documentVersion})`,
      { hint: 'upgrade secuml to read it' },
    );
  }
  const document = resultDocumentSchema.safeParse(json);
  if (!document.success) {
    const issue = document.error.issues[0];
    throw new UserError(`${source} is damaged: ${issue.path.join('.') || 'document'}: ${issue.message}`);
  }
  return document.data;
}

/** The data of a panel, checked against its kind; throws UserError naming `source` when it does not fit. */
export function readPanelData<K extends PanelKind>(kind: K, data: unknown, source: string): PanelData<K> {
  const parsed = panelSchemas[kind].safeParse(data);
  if (!parsed.success)
    throw new UserError(`${source}: the panel "${kind}" is damaged: ${parsed.error.issues[0].message}`);
  return parsed.data as PanelData<K>;
}

/** The JSON Schema (2020-12) of the result document, with the data of every kind of panel under `$defs`. */
export function resultJsonSchema(): Record<string, unknown> {
  const panels = Object.fromEntries(
    Object.entries(panelSchemas).map(([kind, schema]) => [
      `panel-${kind}`,
      z.toJSONSchema(schema, { unrepresentable: 'any' }),
    ]),
  );
  return { ...z.toJSONSchema(resultDocumentSchema), $defs: panels };
}
