import { sql } from 'kysely';
import { inTransaction, type Store } from '../store.js';
import type { Tables } from '../tables/registry.js';

export type ExperimentRow = Tables['experiments'];

/** What narrows a list of experiments; an absent field takes all. */
export interface ExperimentFilter {
  readonly id?: string;
  readonly project?: string;
  readonly dataset?: string;
  readonly kind?: string;
}

export async function insertExperiment(store: Store, row: ExperimentRow): Promise<void> {
  await inTransaction(store, (trx) => trx.insertInto('experiments').values(row).execute());
}

/** Changes a row; false where there is none (the database was made anew in the meantime). */
export async function updateExperiment(store: Store, id: string, change: Partial<ExperimentRow>): Promise<boolean> {
  return inTransaction(store, async (trx) => {
    // Counted by a read: MySQL reports 0 rows where nothing changed, too.
    const found = await trx.selectFrom('experiments').select('id').where('id', '=', id).execute();
    if (found.length === 0) return false;
    await trx.updateTable('experiments').set(change).where('id', '=', id).execute();
    return true;
  });
}

/** Experiments by id, which is by time, the oldest first. */
export async function selectExperiments(store: Store, filter: ExperimentFilter = {}): Promise<ExperimentRow[]> {
  let query = store.db.selectFrom('experiments').selectAll().orderBy('id');
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.project !== undefined) query = query.where('project', '=', filter.project);
  if (filter.dataset !== undefined) query = query.where('dataset', '=', filter.dataset);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  return query.execute();
}

/** A dataset that has results, with how many. */
export interface DatasetSummary {
  readonly project: string;
  readonly dataset: string;
  readonly experiments: number;
}

export async function selectDatasets(store: Store): Promise<DatasetSummary[]> {
  return store.db
    .selectFrom('experiments')
    .select(['project', 'dataset', sql<number>`count(*)`.as('experiments')])
    .groupBy(['project', 'dataset'])
    .orderBy('project')
    .orderBy('dataset')
    .execute();
}
