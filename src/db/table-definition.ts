/**
 * Types of a column, the same in every dialect:
 * `id` an experiment's or set's id (ASCII, at most 40 characters), `key` text of at most 190 characters compared byte
 * by byte, `part` the same up to 200 (`dataset:` and a name), `text` any length, `integer` exact up to 2^53, `double`.
 */
export type ColumnType = 'id' | 'key' | 'part' | 'text' | 'integer' | 'double';

export interface ColumnDefinition {
  readonly type: ColumnType;
  /** NULL is allowed. */
  readonly optional?: true;
}

export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly string[];
  /** Characters indexed of a `text` column, which MySQL asks for. */
  readonly prefix?: number;
}

/** A table as data: its rows' type, its DDL in each dialect and how its rows are removed all follow from this. */
export interface TableDefinition {
  readonly columns: Readonly<Record<string, ColumnDefinition>>;
  readonly primaryKey: readonly string[];
  readonly indexes?: readonly IndexDefinition[];
  /** Rows may be larger than a few hundred bytes: SQLite then keeps them apart from their key. */
  readonly wide?: true;
  /** Rows that belong to something and are deleted with it, in chunks by an integer column where there may be many. */
  readonly owner?: { readonly table: string; readonly column: string; readonly chunkBy?: string };
}

type ValueOf<T extends ColumnType> = T extends 'integer' | 'double' ? number : string;

/** The row of a table. */
export type RowOf<T extends TableDefinition> = {
  [C in keyof T['columns']]: T['columns'][C] extends { optional: true }
    ? ValueOf<T['columns'][C]['type']> | null
    : ValueOf<T['columns'][C]['type']>;
};

/** Declares a table, keeping the literal types of its columns. */
export function defineTable<const T extends TableDefinition>(definition: T): T {
  return definition;
}
