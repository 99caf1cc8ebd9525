import type { FittedClassifier } from '../classifiers/classifier.js';
import type { FitContext } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import type { ParamSpecs, Params, ParamsOf } from '../params.js';

/** What is known of n instances at the start of an iteration of a labelling loop. */
export interface LabellingState {
  /** n×d, every instance of the dataset, without missing cells. */
  readonly X: FeatureMatrix;
  /** instance_id of each row: what chance depends on, so that the order of the file does not matter. */
  readonly ids: readonly string[];
  /** Length n: 1 malicious, 0 benign, -1 not answered. */
  readonly label: Int8Array;
  /** Length n: index into `families`, -1 where there is none. */
  readonly family: Int32Array;
  /** Distinct family names, sorted by code unit; a name may occur under both labels. */
  readonly families: readonly string[];
  /**
   * Rows that may be asked, ascending: without an answer, not asked before, and not a near-duplicate of a row that
   * was. Fewer than a batch near the end of a dataset; never empty when a strategy is called.
   */
  readonly candidates: Uint32Array;
  /** Counts from 1. */
  readonly iteration: number;
}

/** The model of an iteration with what it says of every instance. */
export interface MainModel {
  readonly fitted: FittedClassifier;
  /** Length n: probability of malicious. */
  readonly probability: Float64Array;
  /** Length n: decision value, larger = more malicious; probability - 1/2 for a model without one. */
  readonly score: Float64Array;
}

export const confidences = ['high', 'low'] as const;

/** What the loop would answer itself; shown to the person as a default only where confidence is high. */
export interface Suggestion {
  /** 1 malicious, 0 benign. */
  readonly label: 0 | 1;
  /** Index into the state's `families`, -1 for none. */
  readonly family: number;
  readonly confidence: (typeof confidences)[number];
}

/** One question: which instance, and why. */
export interface Query {
  readonly row: number;
  /** Plain words, at most about 60 characters, without text of the dataset: "the model is undecided: .52". */
  readonly reason: string;
  /** The figure behind the reason (a probability, a log-likelihood, an anomaly score), finite. */
  readonly value: number;
  readonly suggestion: Suggestion | null;
}

/** Queries asked for one purpose, most useful first. */
export interface QueryGroup {
  /** `uncertain`, `malicious`, `benign`, or what else the strategy distinguishes; kebab-case. */
  readonly kind: string;
  readonly queries: readonly Query[];
  /** Asked for more than there was: what the person should know. Plain sentences. */
  readonly notes: readonly string[];
}

/** What the loop gives to a strategy besides the state. */
export interface StrategyContext extends FitContext {
  /**
   * The model of this iteration, trained once on all answers: null while both labels are not known. Strategies that
   * bring a model of their own never ask for it.
   */
  mainModel(): Promise<MainModel | null>;
  /** Hands out a group as soon as it is known, so that a person can answer it while the rest is computed. */
  publish(group: QueryGroup): void;
}

/** A way to choose what to ask next, as data: its id is its file name and what the user types. */
export interface QueryStrategyDef<S extends ParamSpecs = ParamSpecs> {
  readonly id: string;
  readonly title: string;
  /** One sentence: when to choose it. */
  readonly summary: string;
  /** `batch` among them where a batch is one number. */
  readonly params: S;
  /** Commands that offer it. */
  readonly offeredBy: readonly ('active-learning' | 'rare-categories')[];
  readonly needs: {
    /** Answers it cannot do without; the loop asks its cold-start strategy until they exist. */
    readonly answers: 'none' | 'one-label' | 'both-labels' | 'two-families';
    /** `classifier`: any of the registry, chosen by the user; `own`: it brings its own; `none`. */
    readonly model: 'classifier' | 'own' | 'none';
  };
  /** How many queries an iteration asks for at most under these parameters. */
  batchSize(params: ParamsOf<S>): number;
  /**
   * Chooses distinct rows of `state.candidates`, at most `limit` of them in all (the budget left), and publishes them
   * group by group. The same state, parameters and seed choose the same rows on any executor.
   * Throws InterruptedError when cancelled.
   */
  select(state: LabellingState, params: ParamsOf<S>, limit: number, context: StrategyContext): Promise<void>;
}

/** A strategy whose parameter types the caller does not know: what the registry holds. */
export interface AnyQueryStrategyDef extends Omit<QueryStrategyDef, 'batchSize' | 'select'> {
  batchSize(params: Params): number;
  select(state: LabellingState, params: Params, limit: number, context: StrategyContext): Promise<void>;
}

/** Declares a strategy; its parameter types are checked inside and forgotten outside. */
export function defineQueryStrategy<const S extends ParamSpecs>(definition: QueryStrategyDef<S>): AnyQueryStrategyDef {
  // Params are only ever made from the definition's own specs (parseParams), so the narrowing is sound.
  return definition as unknown as AnyQueryStrategyDef;
}
