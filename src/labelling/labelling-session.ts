import type { LabelEvent } from '../schema/label-event.js';
import type { GivenLabel, LoopView } from '../schema/labelling.js';

/** One feature of an instance, for people who ask what is special about it. */
export interface QueryFeature {
  readonly name: string;
  readonly description: string | null;
  /** Null for a missing cell. */
  readonly value: number | null;
  /** Against benign and malicious instances and the suggested (or given) family; null where a group is too small. */
  readonly standings: readonly {
    readonly group: 'all' | 'benign' | 'malicious' | 'family';
    readonly mean: number;
    readonly zScore: number | null;
    /** 0 … 100. */
    readonly percentile: number;
  }[];
}

/** What is shown beside a question. */
export interface QueryDetails {
  readonly instanceId: string;
  readonly ident: string;
  readonly timestamp: string | null;
  /** Most unusual first. */
  readonly features: readonly QueryFeature[];
  readonly featureCount: number;
  /** Every answer about it, the oldest first. */
  readonly events: readonly LabelEvent[];
  /** Near-duplicates without an answer. */
  readonly duplicates: readonly { readonly instanceId: string; readonly ident: string }[];
}

export interface AnswerOptions {
  /** Number of the instance's last event that the person saw, 0 for none. */
  readonly seen: number;
  /** Settles the near-duplicates too, each with an event of its own. */
  readonly withDuplicates?: boolean;
}

/** What became of an answer. It is on the disk when this is returned. */
export interface AnswerReply {
  readonly event: LabelEvent;
  /** Somebody else's answer that came since what the person saw: both are kept, and one asks again. */
  readonly overtook: LabelEvent | null;
  readonly duplicates: number;
  readonly warning: string | null;
}

/** A person's seat at a labelling loop, in a terminal or behind a page. Several may sit at one loop. */
export interface LabellingSession {
  /** The loop as it stands; a new object after each change. */
  readonly view: LoopView;
  /** Calls `listener` after each change, made here or elsewhere; returns what ends that. */
  onChange(listener: (view: LoopView) => void): () => void;
  /** What is shown beside query `n`; ready at once for the next few, which are read ahead. */
  details(n: number): Promise<QueryDetails>;
  /** Answers query `n`, or answers it again; a UserError if it could not be written down. */
  answer(n: number, given: GivenLabel, options: AnswerOptions): Promise<AnswerReply>;
  /** Leaves query `n` without a label. */
  pass(n: number, how: 'skipped' | 'unsure'): Promise<void>;
  /** Takes back this person's last action that is not taken back yet; returns the query it was about, null for none. */
  undo(): Promise<number | null>;
  /** Families of the label set (those of the truth are never shown), the largest first. */
  families(): Promise<readonly { family: string; label: GivenLabel['label']; instances: number }[]>;
  /** Goes on without the answers to the open queries of this iteration. */
  nextIteration(): Promise<void>;
  /** Leaves the seat; everything is kept, and the loop can be opened again. */
  close(): Promise<void>;
}
