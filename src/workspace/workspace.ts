import { type ExperimentFilter, selectExperiments } from '../db/queries/experiments.js';
import { selectFigures } from '../db/queries/headline-figures.js';
import type { Store } from '../db/store.js';
import { type AnyPanel, type Panel, readPanelData, type ResultDocument } from '../schema/result-document.js';
import type { PanelData } from '../schema/panels/registry.js';
import type { Configuration } from './configuration.js';
import { type ExperimentRecord, experimentRecord, pickExperiment } from './experiment/experiment-record.js';
import type { ExperimentStart } from './experiment/finished-result.js';
import { LabelStore } from './labels/label-store.js';
import { openStore } from './open-store.js';
import { onlyInDatabase } from './reindex.js';
import {
  planRemoval,
  type RemovalOptions,
  type RemovalPlan,
  type RemovalReport,
  type RemovalRequest,
  remove,
} from './removal.js';
import { readDocument, readPanelFile } from './experiment/read-result.js';
import { RunningExperiment } from './experiment/running-experiment.js';

/** A document whose panels all have their data at hand. */
export type WholeDocument = Omit<ResultDocument, 'panels'> & { readonly panels: AnyPanel[] };

/** The results of an output directory and the database beside them. */
export class Workspace {
  /** The label sets of every dataset. */
  readonly labels: LabelStore;

  private constructor(
    private readonly store: Store,
    private readonly configuration: Configuration,
  ) {
    this.labels = new LabelStore(configuration.outputDir, store);
  }

  /** Opens the database that the configuration names and checks that it can be used; throws UserError. */
  static async open(configuration: Configuration): Promise<Workspace> {
    return new Workspace(await openStore(configuration.store), configuration);
  }

  /** For people: `SQLite output_data/secuml.db`, `MySQL user@host:port/database`. */
  get storeName(): string {
    return this.store.name;
  }

  /** About the database, in plain words. */
  get warnings(): readonly string[] {
    return this.store.warnings;
  }

  async begin(start: ExperimentStart): Promise<RunningExperiment> {
    const { outputDir, dbRows, rowsCsv } = this.configuration;
    return RunningExperiment.begin({ store: this.store, outputDir, dbRows, rowsCsv }, start);
  }

  /** Experiments, the oldest first. */
  async list(filter: ExperimentFilter = {}): Promise<ExperimentRecord[]> {
    const rows = await selectExperiments(this.store, filter);
    return rows.map((row) => experimentRecord(row, this.configuration.outputDir));
  }

  /** The experiment of this very id. */
  async experiment(id: string): Promise<ExperimentRecord | undefined> {
    return (await this.list({ id }))[0];
  }

  /** Headline figures of these names, by experiment and name. */
  async figures(names: readonly string[]): Promise<Map<string, Map<string, number | null>>> {
    return selectFigures(this.store, names);
  }

  /** The experiment meant by `latest`, an id, the beginning or tail of one, or a name; throws UserError (see pickExperiment). */
  async find(wanted: string, filter: ExperimentFilter = {}): Promise<ExperimentRecord> {
    return pickExperiment(await this.list(filter), wanted);
  }

  /** The result of an experiment; throws UserError if it is missing or damaged. */
  async readDocument(record: ExperimentRecord): Promise<ResultDocument> {
    return readDocument(this.store, record);
  }

  /** The data of a panel, out of the document or the panel's own file. */
  async readPanel<K extends Panel['kind']>(
    record: ExperimentRecord,
    panel: Panel & { kind: K },
  ): Promise<PanelData<K>> {
    const data = 'file' in panel ? await readPanelFile(this.store, record, panel.file) : panel.data;
    return readPanelData(panel.kind as K, data, `${record.directory}: ${panel.id}`);
  }

  /** The document with the data of every panel, also of those that have a file of their own. */
  async readWholeDocument(record: ExperimentRecord): Promise<WholeDocument> {
    const document = await this.readDocument(record);
    const panels: AnyPanel[] = [];
    for (const panel of document.panels) {
      const { kind, id, title, part } = panel;
      const data = await this.readPanel(record, panel);
      // The data was read by the schema of this very kind.
      panels.push({ kind, id, title, part, data } as AnyPanel);
    }
    return { ...document, panels };
  }

  /** What a removal would take; throws UserError (see planRemoval). */
  async removePlan(request: RemovalRequest): Promise<RemovalPlan> {
    return planRemoval(this.store, this.configuration.outputDir, request);
  }

  /** Does what was planned. */
  async remove(plan: RemovalPlan, options: RemovalOptions): Promise<RemovalReport> {
    return remove(this.store, this.configuration.outputDir, plan, options);
  }

  /** Finished experiments without files here: a rebuild of the database would forget them. */
  async onlyInDatabase(): Promise<string[]> {
    return onlyInDatabase(this.store, this.configuration.outputDir);
  }

  async close(): Promise<void> {
    await this.store.close();
  }
}

/** Opens the workspace of a configuration. */
export async function openWorkspace(configuration: Configuration): Promise<Workspace> {
  return Workspace.open(configuration);
}
