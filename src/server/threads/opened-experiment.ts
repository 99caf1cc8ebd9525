import { printable } from '../../errors.js';
import { modelOfResult } from '../../experiments/instance/model-of-result.js';
import { KnownInstances } from '../../experiments/instance/reference-groups.js';
import type { ResultDocument } from '../../schema/result-document.js';
import { datasetPart } from '../../schema/vocabulary.js';
import type { Configuration } from '../../workspace/configuration.js';
import { datasetIdentity } from '../../workspace/dataset/dataset-identity.js';
import type { DatasetRequest } from '../../workspace/dataset/dataset-request.js';
import { requestOfDocument, validationDataset } from '../../workspace/dataset/request-settings.js';
import type { ExperimentRecord } from '../../workspace/experiment/experiment-record.js';
import { labelSource } from '../../workspace/labels/label-source.js';
import { checkName } from '../../workspace/layout.js';
import { openDataset } from '../../workspace/dataset/open-dataset.js';
import { readModelFile } from '../../workspace/experiment/read-model.js';
import { RecentlyOpened } from '../../workspace/recently-opened.js';
import type { Workspace } from '../../workspace/workspace.js';
import { RequestError } from '../http/failure.js';
import { findFinished } from './find-experiment.js';

/** A model of a result, ready to predict. */
export type ResultModel = ReturnType<typeof modelOfResult>;

/** A dataset as it is now, with what was asked for of it. */
export interface FoundDataset {
  readonly request: DatasetRequest;
  readonly known: KnownInstances;
  /** Changes with the files of the dataset. */
  readonly identity: string;
}

/** Where an instance is looked up: in an experiment, in the dataset of a part of it; or in a dataset by itself. */
export type InstanceOrigin =
  | { readonly id: string; readonly part?: string }
  | { readonly project: string; readonly dataset: string };

/** An instance found in the dataset of its part. */
export interface FoundInstance extends FoundDataset {
  readonly row: number;
  /** Undefined for one of a dataset by itself. */
  readonly experiment?: {
    readonly record: ExperimentRecord;
    readonly document: ResultDocument;
    readonly isValidation: boolean;
  };
}

/** Bytes an instance takes besides its features: ids, labels, tables to find it. */
const bytesPerInstance = 250;

/**
 * The datasets and models of experiments, the recently asked ones kept in memory up to a limit. A dataset that alone
 * would take more than `largestBytes` is refused.
 */
export class OpenedExperiments {
  private readonly datasets: RecentlyOpened<KnownInstances>;
  private readonly models: RecentlyOpened<ResultModel>;

  constructor(
    private readonly workspace: Workspace,
    private readonly configuration: Configuration,
    limitBytes: number,
    private readonly largestBytes: number,
  ) {
    this.datasets = new RecentlyOpened(limitBytes);
    this.models = new RecentlyOpened(limitBytes / 4);
  }

  /**
   * An instance by its id, in the dataset of the part; without a part in the first that has it: the dataset the model
   * learned from, then the validation datasets. Throws RequestError 404, UserError where the dataset cannot be read.
   */
  async find(origin: InstanceOrigin, instanceId: string): Promise<FoundInstance> {
    if (!('id' in origin)) {
      const found = await this.ofDataset(origin.project, origin.dataset);
      const row = found.known.rowOf(instanceId);
      if (row !== undefined) return { ...found, row };
      throw unknownInstance(instanceId);
    }
    const { id, part } = origin;
    const record = await findFinished(this.workspace, id);
    const document = await this.workspace.readDocument(record);
    const { validationDatasets } = document.settings;
    const others = Array.isArray(validationDatasets) ? validationDatasets.map((name) => datasetPart(String(name))) : [];
    for (const candidate of part === undefined ? [undefined, ...others] : [part]) {
      const found = await this.ofPart(document, candidate);
      const row = found.known.rowOf(instanceId);
      if (row === undefined) continue;
      const isValidation = validationDataset(candidate) !== undefined;
      return { ...found, row, experiment: { record, document, isValidation } };
    }
    throw unknownInstance(instanceId);
  }

  /** The dataset that an experiment learned from, or a dataset by itself: of those, all features that are there. */
  async dataset(origin: InstanceOrigin): Promise<FoundDataset> {
    if (!('id' in origin)) return this.ofDataset(origin.project, origin.dataset);
    const document = await this.workspace.readDocument(await findFinished(this.workspace, origin.id));
    return this.ofPart(document, undefined);
  }

  /** The dataset of a part, as it is now; of no part: the one the model learned from. */
  private ofPart(document: ResultDocument, part: string | undefined): Promise<FoundDataset> {
    return this.open(requestOfDocument(document, part, this.configuration));
  }

  private ofDataset(project: string, dataset: string): Promise<FoundDataset> {
    const { inputDir, outputDir, cacheLimit } = this.configuration;
    checkName(project, 'project');
    checkName(dataset, 'dataset');
    const cacheDirectory = `${outputDir}/.cache`;
    return this.open({ inputDir, project, dataset, seed: 0, cacheDirectory, cacheLimitBytes: cacheLimit });
  }

  private async open(wanted: DatasetRequest): Promise<FoundDataset> {
    const { outputDir } = this.configuration;
    const request = { ...wanted, largestBytes: this.largestBytes };
    const identity = await datasetIdentity(request, outputDir);
    const known = await this.datasets.get(identity, async () => {
      const { dataset } = await openDataset(request, labelSource(outputDir));
      const bytes = dataset.X.values.byteLength * (dataset.X.kind === 'sparse' ? 1.5 : 1);
      const texts = dataset.idents.reduce((sum, ident) => sum + ident.length, 0);
      return { value: new KnownInstances(dataset), bytes: bytes + texts + bytesPerInstance * dataset.ids.length };
    });
    return { request, known, identity };
  }

  /** The model that a result keeps; throws UserError where it cannot be read. */
  async model(record: ExperimentRecord, document: ResultDocument): Promise<ResultModel> {
    return this.models.get(record.directory, async () => {
      const { json, path, bytes } = await readModelFile(record, document);
      return { value: modelOfResult(json, path), bytes };
    });
  }
}

const unknownInstance = (instanceId: string): RequestError =>
  new RequestError(404, `there is no instance "${printable(instanceId, 60)}" in the dataset as it is now`);
