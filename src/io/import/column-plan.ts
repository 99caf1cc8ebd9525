import type { DateForm } from './date-forms.js';

/** How a column becomes features. */
export type FeaturePlan =
  | { readonly kind: 'number' }
  /** The cells that mean 1, in lower case; every other word means 0. */
  | { readonly kind: 'boolean'; readonly yes: string }
  /** A feature for each value, in this order. */
  | { readonly kind: 'one-hot'; readonly values: readonly string[] };

/** What else a column is, besides features. */
export type ColumnUse = 'id' | 'ident' | 'label' | 'family' | 'timestamp' | 'group';

/** What a column is taken for, and why. */
export interface ColumnPlan {
  readonly name: string;
  readonly renamed?: string;
  readonly uses: readonly ColumnUse[];
  readonly feature?: FeaturePlan;
  /** For people: what made the choice, and how to make another. */
  readonly why: string;
  /** Cells without a value. */
  readonly missing: number;
}

/** What a table becomes. */
export interface ImportPlan {
  readonly columns: readonly ColumnPlan[];
  /** Places in the header; -1: there is none. */
  readonly id: number;
  readonly ident: number;
  readonly label: number;
  readonly family: number;
  readonly timestamp: number;
  readonly group: readonly number[];
  readonly dateForm?: DateForm;
  /** In plain words, for people. */
  readonly warnings: readonly string[];
}
