import { printable } from '../../errors.js';
import { modelOfResult } from '../../experiments/instance/model-of-result.js';
import { KnownInstances } from '../../experiments/instance/reference-groups.js';
import type { ResultDocument } from '../../schema/result-document.js';
import { datasetPart } from '../../schema/vocabulary.js';
import type { Configuration } from '../../workspace/configuration.js';
import { datasetIdentity } from '../../workspace/dataset/dataset-identity.js';
import { requestOfDocument, validationDataset } from '../../workspace/dataset/request-settings.js';
import type { ExperimentRecord } from '../../workspace/experiment-record.js';
import { labelSource } from '../../workspace/label-source.js';
import { openDataset } from '../../workspace/open-dataset.js';
import { readModelFile } from '../../workspace/read-model.js';
import { RecentlyOpened } from '../../workspace/recently-opened.js';
import type { Workspace } from '../../workspace/workspace.js';
import { RequestError } from '../http/failure.js';
import { findFinished } from './find-experiment.js';

/** A model of a result, ready to predict. */
export type ResultModel = ReturnType<typeof modelOfResult>;

/** An instance found in the dataset of its part. */
export interface FoundInstance {
  readonly record: ExperimentRecord;
  readonly document: ResultDocument;
  readonly known: KnownInstances;
  readonly row: number;
  readonly isValidation: boolean;
  /** Changes with the files of the dataset. */
  readonly identity: string;
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
   * An instance by its id, in the dataset of `part`; without a part in the first that has it: the dataset the model
   * learned from, then the validation datasets. Throws RequestError 404, UserError where the dataset cannot be read.
   */
  async find(id: string, instanceId: string, part: string | undefined): Promise<FoundInstance> {
    const record = await findFinished(this.workspace, id);
    const document = await this.workspace.readDocument(record);
    const { validationDatasets } = document.settings;
    const others = Array.isArray(validationDatasets) ? validationDatasets.map((name) => datasetPart(String(name))) : [];
    for (const candidate of part === undefined ? [undefined, ...others] : [part]) {
      const { known, identity } = await this.dataset(document, candidate);
      const row = known.rowOf(instanceId);
      if (row === undefined) continue;
      return { record, document, known, row, isValidation: validationDataset(candidate) !== undefined, identity };
    }
    throw new RequestError(404, `there is no instance "${printable(instanceId, 60)}" in the dataset as it is now`);
  }

  /** The dataset of a part, as it is now; of no part: the one the model learned from. */
  async dataset(
    document: ResultDocument,
    part: string | undefined,
  ): Promise<{ known: KnownInstances; identity: string }> {
    const { outputDir } = this.configuration;
    const { largestBytes } = this;
    const request = { ...requestOfDocument(document, part, this.configuration), largestBytes };
    const identity = await datasetIdentity(request, outputDir);
    const known = await this.datasets.get(identity, async () => {
      const { dataset } = await openDataset(request, labelSource(outputDir));
      const bytes = dataset.X.values.byteLength * (dataset.X.kind === 'sparse' ? 1.5 : 1);
      const texts = dataset.idents.reduce((sum, ident) => sum + ident.length, 0);
      return { value: new KnownInstances(dataset), bytes: bytes + texts + bytesPerInstance * dataset.ids.length };
    });
    return { known, identity };
  }

  /** The model that a result keeps; throws UserError where it cannot be read. */
  async model(record: ExperimentRecord, document: ResultDocument): Promise<ResultModel> {
    return this.models.get(record.directory, async () => {
      const { json, path, bytes } = await readModelFile(record, document);
      return { value: modelOfResult(json, path), bytes };
    });
  }
}
