import type { ExperimentPage, Home } from '../../../src/schema/api/experiments.js';
import type {
  FeaturePage,
  FeatureQuery,
  FeatureSummary,
  Instance,
  InstanceView,
  KeptAnswerResponse,
  LabelAnswerRequest,
  LabelHistory,
  NearestInstances,
} from '../../../src/schema/api/instance.js';
import type {
  LabelPage,
  LabelQuery,
  LabelSetList,
  LabelSetPage,
  OperationDone,
  OperationPreview,
  OperationRequest,
  SetChange,
} from '../../../src/schema/api/labels.js';
import type { HexagonsPage, HexagonsQuery } from '../../../src/schema/api/hexagons.js';
import type {
  RowFilter,
  RowGroups,
  RowNeighbours,
  RowNeighboursQuery,
  RowQuery,
  RowsPage,
} from '../../../src/schema/api/rows.js';
import type {
  LoopAnswered,
  LoopAnswerRequest,
  LoopModel,
  LoopPassRequest,
  LoopStateResponse,
  LoopUndone,
  QueryDetailsResponse,
} from '../../../src/schema/api/loops.js';
import type { ComparisonDocument } from '../../../src/schema/comparison.js';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { Panel } from '../../../src/schema/result-document.js';

/** Which dataset and label set an answer belongs to. */
export interface LabelSetName {
  readonly project: string;
  readonly dataset: string;
  readonly set: string;
}

/** A dataset by itself. */
export interface DatasetName {
  readonly project: string;
  readonly dataset: string;
}

/** Where an instance is looked up: in an experiment, which its id names, or in a dataset by itself. */
export type InstanceOrigin = string | DatasetName;

/**
 * Where the pages get everything from: the HTTP API of `secuml serve`, or a result embedded in a single HTML file.
 * A summary comes first, rows on demand. Every promise may be rejected with an Error whose message is meant for people.
 */
export interface Source {
  /** Can a person label here, look at other experiments, ask for any row? A single file can do none of these. */
  readonly live: boolean;

  home(): Promise<Home>;
  experiment(id: string): Promise<ExperimentPage>;
  /**
   * Two or more experiments on the rows that they have in common, all others against the first; with the `changes`
   * largest changes of verdict of each. `part` null: the one that fits best.
   */
  compare(ids: readonly string[], part: string | null, changes: number): Promise<ComparisonDocument>;
  /** The data of a panel, out of the document or out of its own file. */
  panel<P extends Panel>(id: string, panel: P): Promise<PanelData<P['kind']>>;

  rows(id: string, query: Partial<RowQuery>): Promise<RowsPage>;
  /** How many predictions a filter leaves. */
  count(id: string, filter: RowFilter): Promise<number>;
  /** What a filter leaves, by label and family. */
  groups(id: string, filter: RowFilter): Promise<RowGroups>;
  /** A window of the picture of a projection; null where only the pictures of the document are at hand. */
  hexagons(id: string, query: HexagonsQuery): Promise<HexagonsPage | null>;
  /** What stands before and after an instance in a list. */
  neighbours(id: string, query: Partial<RowNeighboursQuery> & { readonly instanceId: string }): Promise<RowNeighbours>;

  /** An id may occur in validation datasets too: the part of a prediction says which one is meant. */
  instance(origin: InstanceOrigin, instanceId: string, part?: string): Promise<Instance>;
  instanceFeatures(
    origin: InstanceOrigin,
    instanceId: string,
    query: Partial<FeatureQuery>,
    part?: string,
  ): Promise<FeaturePage>;
  /** The labelled instances nearest to one, of each class. */
  nearestInstances(origin: InstanceOrigin, instanceId: string, part?: string): Promise<NearestInstances>;
  instanceView(origin: InstanceOrigin, instanceId: string, view: string, part?: string): Promise<InstanceView>;
  feature(origin: InstanceOrigin, index: number): Promise<FeatureSummary>;

  labelSets(project: string, dataset: string): Promise<string[]>;
  labelHistory(set: LabelSetName, instanceId: string): Promise<LabelHistory>;
  /** Every label set, or those of a dataset. */
  labelSetList(of: { readonly project?: string; readonly dataset?: string }): Promise<LabelSetList>;
  labelSetPage(set: LabelSetName): Promise<LabelSetPage>;
  labelledInstances(set: LabelSetName, query: Partial<LabelQuery>): Promise<LabelPage>;
  /** What an operation on a set would change. */
  previewOperation(set: LabelSetName, change: SetChange): Promise<OperationPreview>;
  /** Does it; rejected where it would change other than the expected number of labels. */
  operate(set: LabelSetName, request: OperationRequest): Promise<OperationDone>;
  /** Where the labels of a set can be fetched as a CSV of the dataset's format, null where they cannot. */
  labelsDownload(set: LabelSetName): string | null;
  answer(set: LabelSetName, answer: LabelAnswerRequest): Promise<KeptAnswerResponse>;

  /** A labelling loop as it stands, once that is another than version `since`. */
  loop(id: string, since?: number): Promise<LoopStateResponse>;
  loopQuery(id: string, query: number): Promise<QueryDetailsResponse>;
  loopAnswer(id: string, request: LoopAnswerRequest): Promise<LoopAnswered>;
  loopPass(id: string, request: LoopPassRequest): Promise<null>;
  loopUndo(id: string, author: string | null): Promise<LoopUndone>;
  loopNext(id: string, author: string | null): Promise<null>;
  /** Writes the loop's result; how far that is, `loop` tells. */
  loopWriteResult(id: string, author: string | null): Promise<null>;
  /** The model of an iteration that is past, with its predictions. */
  loopModel(id: string, iteration: number): Promise<LoopModel>;
  loopModelRows(id: string, iteration: number, query: Partial<RowQuery>): Promise<RowsPage>;
  loopModelCount(id: string, iteration: number, filter: RowFilter): Promise<number>;
  loopModelNeighbours(
    id: string,
    iteration: number,
    query: Partial<RowNeighboursQuery> & { readonly instanceId: string },
  ): Promise<RowNeighbours>;

  /** Where a file of the result can be fetched, null where it cannot. */
  download(id: string, format: 'html' | 'json' | 'csv'): string | null;
}
