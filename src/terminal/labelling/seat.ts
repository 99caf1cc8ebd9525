import type { AnswerReply, QueryDetails } from '../../labelling/labelling-session.js';
import type { LabelEvent } from '../../schema/label-event.js';
import type { GivenLabel, LoopQuery, LoopView } from '../../schema/labelling.js';
import type { LabelWord } from '../../schema/vocabulary.js';

/** A family of the label set. The same name may occur under both labels. */
export interface KnownFamily {
  readonly family: string;
  readonly label: LabelWord;
  readonly instances: number;
}

/** What the person is told in one line; `alert` is a thing that went wrong. */
export interface Message {
  readonly text: string;
  readonly tone: 'note' | 'alert';
}

/** A query that is asked once more before all others, and why. */
export type Again =
  | {
      readonly n: number;
      readonly why: 'overtaken';
      readonly other: LabelEvent;
      readonly own: LabelEvent;
    }
  | { readonly n: number; readonly why: 'failed' };

/** The number of the last event about the query on the screen, and the one that stood there before. */
export interface Sight {
  readonly seen: number;
  readonly before: number;
  /** When `seen` came to be shown, in milliseconds. */
  readonly at: number;
}

/** All that a person sitting at a loop has before them; the screen and the line mode both draw it. */
export interface Seat {
  readonly view: LoopView;
  /** Every query met in this sitting, by number: those of earlier iterations can be looked at again. */
  readonly queries: ReadonlyMap<number, LoopQuery>;
  /** The query on the screen; null while there is none to ask. */
  readonly current: number | null;
  /** The next answer settles the near-duplicates too: they are being shown. */
  readonly alike: boolean;
  readonly sight: Sight;
  /** A text is why the details could not be read. */
  readonly details: ReadonlyMap<number, QueryDetails | string>;
  /** Details that were asked for, with the number of the last event that was known then. */
  readonly asked: ReadonlyMap<number, number>;
  readonly families: readonly KnownFamily[];
  /** What the keys 1 … 9 stand for. */
  readonly quickPicks: readonly (KnownFamily | null)[];
  /** Actions on their way to the disk, by query. */
  readonly writing: ReadonlyMap<number, number>;
  readonly again: readonly Again[];
  /** Actions being taken back. */
  readonly undoing: number;
  /** The next iteration was asked for, and the loop has not gone on yet. */
  readonly leaving: boolean;
  readonly message: Message | null;
  /** Answers of this sitting that are on the disk. */
  readonly answers: number;
}

/** What a person wants. `at` is when they said so, in milliseconds of any clock. */
export type Intent =
  /** Takes the suggestion if it is sure; on an answered query leaves it as it is. */
  | { readonly do: 'accept'; readonly at: number }
  | { readonly do: 'give'; readonly given: GivenLabel; readonly at: number }
  | { readonly do: 'pass'; readonly how: 'skipped' | 'unsure' }
  | { readonly do: 'undo' }
  | { readonly do: 'step'; readonly by: 1 | -1; readonly at: number }
  /** To the next question without an answer, from wherever one looks around. */
  | { readonly do: 'next-open'; readonly at: number }
  | { readonly do: 'settle-alike'; readonly on: boolean }
  | { readonly do: 'next-iteration' }
  | { readonly do: 'tell'; readonly message: Message | null };

/** What came back from the session. */
export type SessionEvent =
  | { readonly came: 'view'; readonly view: LoopView; readonly at: number }
  | { readonly came: 'details'; readonly n: number; readonly details: QueryDetails | string; readonly at: number }
  | { readonly came: 'families'; readonly families: readonly KnownFamily[] }
  | { readonly came: 'answered'; readonly n: number; readonly reply: AnswerReply; readonly at: number }
  | { readonly came: 'passed'; readonly n: number; readonly how: 'skipped' | 'unsure' }
  | { readonly came: 'undone'; readonly n: number | null; readonly at: number }
  | { readonly came: 'moved-on' }
  /** An action that failed; `n` is its query. */
  | {
      readonly came: 'failed';
      readonly action: SessionCall['call'];
      readonly n: number | null;
      readonly why: string;
      readonly at: number;
    };

/** What the session is asked to do. */
export type SessionCall =
  | { readonly call: 'details'; readonly n: number }
  | { readonly call: 'families' }
  | {
      readonly call: 'answer';
      readonly n: number;
      readonly given: GivenLabel;
      readonly seen: number;
      readonly withDuplicates: boolean;
    }
  | { readonly call: 'pass'; readonly n: number; readonly how: 'skipped' | 'unsure' }
  | { readonly call: 'undo' }
  | { readonly call: 'next-iteration' };

/** The seat after an event, and what the session is to be asked. */
export interface SeatStep {
  readonly seat: Seat;
  readonly calls: readonly SessionCall[];
}

/** Queries of this iteration that wait for an answer, in the order of asking. */
export function openQueries(seat: Seat): LoopQuery[] {
  return seat.view.queries.filter(({ n, state }) => state === 'open' && !seat.writing.has(n));
}

/** The query on the screen. */
export function currentQuery(seat: Seat): LoopQuery | undefined {
  return seat.current === null ? undefined : seat.queries.get(seat.current);
}

/** A query's place among those of its iteration, from 1: what people call it. */
export function placeOf({ queries }: Pick<Seat, 'queries'>, n: number): number {
  const iteration = queries.get(n)?.iteration;
  let place = 0;
  for (const other of queries.values()) if (other.iteration === iteration && other.n <= n) place++;
  return place;
}

/** A query in words: `query 12`, or of an earlier iteration `query 12 of iteration 2`. */
export function queryWords(seat: Pick<Seat, 'queries' | 'view'>, n: number): string {
  const query = seat.queries.get(n);
  if (!query) return 'a query of an earlier sitting';
  const words = `query ${placeOf(seat, n)}`;
  return query.iteration === seat.view.iteration ? words : `${words} of iteration ${query.iteration}`;
}

/** What is shown beside a query, if it has come. */
export function detailsOf(seat: Seat, n: number | null): QueryDetails | undefined {
  const details = n === null ? undefined : seat.details.get(n);
  return typeof details === 'string' ? undefined : details;
}

/** Why the query on the screen is asked once more, if it is. */
export function askedAgain(seat: Seat): Again | undefined {
  return seat.again.find(({ n }) => n === seat.current);
}

/** What the label set says of a query's instance now, as far as it is known here; null for no label. */
export function labelNow(seat: Seat, n: number): GivenLabel | null {
  const answer = seat.queries.get(n)?.answer ?? null;
  const event = detailsOf(seat, n)?.events.at(-1);
  if (!event || event.n < (answer?.n ?? 0)) return answer;
  return event.label && { label: event.label, family: event.family };
}

/** Number of the last event that is known about a query's instance, 0 for none. */
export function lastEvent(seat: Seat, n: number): number {
  return Math.max(seat.queries.get(n)?.answer?.n ?? 0, detailsOf(seat, n)?.events.at(-1)?.n ?? 0);
}
