import { sql } from 'kysely';
import { rowsPerTransaction } from '../insert-rows.js';
import { inTransaction, type Store } from '../store.js';
import type { TableDefinition } from '../table-definition.js';
import { tables } from '../tables/registry.js';

/**
 * Deletes an experiment or a label set and everything that belongs to it: children first, in the order of the registry,
 * many rows in chunks of 5,000, then the small rest and the owner in one transaction.
 */
export async function deleteOwner(store: Store, owner: 'experiments' | 'label_sets', id: string): Promise<void> {
  const children = Object.entries<TableDefinition>(tables).filter(([, table]) => table.owner?.table === owner);
  for (const [name, { owner: belonging }] of children) {
    if (belonging?.chunkBy) await deleteInChunks(store, name, belonging.column, belonging.chunkBy, id);
  }
  await inTransaction(store, async (trx) => {
    for (const [name, { owner: belonging }] of children) {
      await sql`delete from ${sql.table(name)} where ${sql.ref(belonging?.column ?? '')} = ${id}`.execute(trx);
    }
    await trx.deleteFrom(owner).where('id', '=', id).execute();
  });
}

async function deleteInChunks(store: Store, name: string, column: string, chunkBy: string, id: string): Promise<void> {
  const table = sql.table(name);
  const owned = sql`${sql.ref(column)} = ${id}`;
  const position = sql.ref(chunkBy);
  for (;;) {
    const { rows } = await sql<{ last: number }>`
      select max(place) as last from (
        select ${position} as place from ${table} where ${owned}
        order by ${position} limit ${sql.lit(rowsPerTransaction)}
      ) as chunk`.execute(store.db);
    const last = rows[0]?.last ?? null;
    if (last === null) return;
    await inTransaction(store, (trx) =>
      sql`delete from ${table} where ${owned} and ${position} <= ${last}`.execute(trx),
    );
  }
}

/** Ids of experiments or label sets that rows name but that do not exist: a whole database has none. */
export async function selectOrphans(store: Store): Promise<{ table: string; id: string }[]> {
  const orphans: { table: string; id: string }[] = [];
  for (const [name, { owner }] of Object.entries<TableDefinition>(tables)) {
    if (!owner) continue;
    const { rows } = await sql<{ id: string }>`
      select distinct ${sql.ref(owner.column)} as id from ${sql.table(name)}
      where ${sql.ref(owner.column)} not in (select id from ${sql.table(owner.table)})`.execute(store.db);
    orphans.push(...rows.map(({ id }) => ({ table: name, id })));
  }
  return orphans;
}
