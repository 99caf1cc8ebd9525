import type { Key } from './key-decoder.js';
import type { Seat, SessionCall, SessionEvent } from './seat.js';
import type { Size } from './lines.js';

/** Orders of the features in the pane of details. */
export const featureOrders = ['unusual', 'name', 'value'] as const;

export type FeatureOrder = (typeof featureOrders)[number];

/** What covers the question, if anything does. */
export type Pane =
  | { readonly pane: 'none' }
  /** The near-duplicates: the next answer settles them too. */
  | { readonly pane: 'alike' }
  | { readonly pane: 'family'; readonly typed: string; readonly chosen: number }
  | {
      readonly pane: 'details';
      readonly search: string;
      /** The search is being typed. */
      readonly typing: boolean;
      readonly order: FeatureOrder;
    }
  /** `text` is null until it has come. */
  | { readonly pane: 'original'; readonly n: number; readonly text: OriginalText | null }
  /** Queries without an answer, named before the next iteration. */
  | { readonly pane: 'unanswered' }
  | { readonly pane: 'help' };

/** What an instance was made from: a mail, a log line. Hostile text; `problem` is why there is none, or not all. */
export interface OriginalText {
  readonly text: string | null;
  readonly problem: string | null;
}

/** The labelling screen: what a key means depends on it, and it can be drawn. */
export interface Screen {
  readonly seat: Seat;
  readonly size: Size;
  readonly pane: Pane;
  /** Lines that the list on the screen is scrolled by. */
  readonly scroll: number;
  /** Whether the terminal draws more than ASCII. */
  readonly unicode: boolean;
  /** Whether an original text can be asked for. */
  readonly hasOriginal: boolean;
  /** Keys pressed while an action is being taken back: they are meant for the query that comes then. */
  readonly typedAhead: readonly Key[];
}

export type ScreenEvent =
  | { readonly came: 'key'; readonly key: Key; readonly at: number }
  | { readonly came: 'resized'; readonly size: Size }
  | { readonly came: 'original'; readonly n: number; readonly original: OriginalText }
  | SessionEvent;

export type ScreenCall =
  | SessionCall
  | { readonly call: 'original'; readonly n: number }
  | { readonly call: 'quit'; readonly how: 'quit' | 'interrupted' }
  | { readonly call: 'suspend' }
  | { readonly call: 'redraw' };

export interface ScreenStep {
  readonly screen: Screen;
  readonly calls: readonly ScreenCall[];
}

/** Below this a question cannot be shown whole, and none is asked. */
export const smallestSize: Size = { columns: 60, rows: 15 };

/** Whether a terminal is too small to ask anything. */
export function isTooSmall(size: Size): boolean {
  return size.columns < smallestSize.columns || size.rows < smallestSize.rows;
}
