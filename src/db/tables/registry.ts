import type { RowOf, TableDefinition } from '../table-definition.js';
import { coordinatesTable } from './coordinates.js';
import { documentsTable } from './documents.js';
import { experimentsTable } from './experiments.js';
import { featureStatisticsTable } from './feature-statistics.js';
import { headlineFiguresTable } from './headline-figures.js';
import { labelEventsTable, labelSetsTable, labelsTable } from './labels.js';
import { predictionsTable } from './predictions.js';

/** The version of these tables: raise it with any change. An older database is made anew by `secuml reindex`. */
export const tablesVersion = 3;

/**
 * Every table. Adding one is its file and its entry here; rows that have an owner are deleted with it,
 * in the order of this list, so children come before what they belong to.
 */
export const tables = {
  predictions: predictionsTable,
  coordinates: coordinatesTable,
  documents: documentsTable,
  feature_statistics: featureStatisticsTable,
  headline_figures: headlineFiguresTable,
  experiments: experimentsTable,
  labels: labelsTable,
  label_events: labelEventsTable,
  label_sets: labelSetsTable,
} satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof tables;

/** The rows of every table, for queries. */
export type Tables = { [K in TableName]: RowOf<(typeof tables)[K]> } & { secuml_tables: { version: number } };

/** The table that says which version of the others there is: made first, filled last. */
export const versionTable = {
  columns: { version: { type: 'integer' } },
  primaryKey: ['version'],
} as const satisfies TableDefinition;

export const versionTableName = 'secuml_tables';
