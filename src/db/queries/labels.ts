import { createHash } from 'node:crypto';
import type { LabelEvent } from '../../schema/label-event.js';
import { identCell, textCell } from '../cell.js';
import { statementsFor } from '../insert-rows.js';
import { inTransaction, type Store } from '../store.js';

/** Names a label set. */
export interface LabelSetName {
  readonly project: string;
  readonly dataset: string;
  readonly set: string;
}

/** A label set and how far the database knows its log. */
export interface LabelSetRow extends LabelSetName {
  readonly id: string;
  readonly lastEvent: number;
}

/** The id of a set follows from its name: every database gives it the same. */
export function labelSetId({ project, dataset, set }: LabelSetName): string {
  return createHash('sha256')
    .update(JSON.stringify([project, dataset, set]))
    .digest('hex')
    .slice(0, 40);
}

export async function selectLabelSets(store: Store, filter: Partial<LabelSetName> = {}): Promise<LabelSetRow[]> {
  let query = store.db.selectFrom('label_sets').selectAll().orderBy('project').orderBy('dataset').orderBy('name');
  if (filter.project !== undefined) query = query.where('project', '=', filter.project);
  if (filter.dataset !== undefined) query = query.where('dataset', '=', filter.dataset);
  if (filter.set !== undefined) query = query.where('name', '=', filter.set);
  const rows = await query.execute();
  return rows.map(({ id, project, dataset, name, last_event: lastEvent }) => ({
    id,
    project,
    dataset,
    set: name,
    lastEvent,
  }));
}

/** Makes the set's row where there is none; returns the number of the last event that the database has. */
export async function ensureLabelSet(store: Store, name: LabelSetName): Promise<number> {
  const id = labelSetId(name);
  return inTransaction(store, async (trx) => {
    const rows = await trx.selectFrom('label_sets').select('last_event').where('id', '=', id).execute();
    if (rows.length > 0) return rows[0].last_event;
    const { project, dataset, set } = name;
    const row = { id, project: textCell(project), dataset: textCell(dataset), name: textCell(set), last_event: 0 };
    await trx.insertInto('label_sets').values(row).execute();
    return 0;
  });
}

const eventsPerTransaction = 1000;

/** Adds events, which follow on those that the database has, and brings the current labels up to date with them. */
export async function insertLabelEvents(
  store: Store,
  name: LabelSetName,
  events: readonly LabelEvent[],
): Promise<void> {
  const id = labelSetId(name);
  for (let start = 0; start < events.length; start += eventsPerTransaction) {
    const chunk = events.slice(start, start + eventsPerTransaction);
    // The last event of each instance is the one that holds.
    const holding = [...new Map(chunk.map((event) => [event.instance_id, event])).values()];
    await inTransaction(store, async (trx) => {
      for (const statement of statementsFor(
        'label_events',
        chunk.map((event) => eventRow(id, event)),
      )) {
        await trx.executeQuery(statement);
      }
      const instances = holding.map((event) => textCell(event.instance_id));
      await trx.deleteFrom('labels').where('set_id', '=', id).where('instance_id', 'in', instances).execute();
      const labelled = holding.filter((event) => event.label !== null).map((event) => labelRow(id, event));
      for (const statement of statementsFor('labels', labelled)) await trx.executeQuery(statement);
      await trx
        .updateTable('label_sets')
        .set({ last_event: chunk[chunk.length - 1].n })
        .where('id', '=', id)
        .execute();
    });
  }
}

const optional = (text: string | null): string | null => (text === null ? null : textCell(text));

function eventRow(id: string, event: LabelEvent) {
  const { n, at, author, instance_id: instance, ident, label, family, previous, source, iteration } = event;
  return [
    id,
    n,
    at,
    optional(author),
    textCell(instance),
    identCell(ident),
    label,
    optional(family),
    previous === null ? null : textCell(JSON.stringify(previous)),
    optional(source),
    iteration,
  ] as const;
}

function labelRow(id: string, { instance_id: instance, ident, label, family, n, at, author }: LabelEvent) {
  return [id, textCell(instance), identCell(ident), label, optional(family), n, at, optional(author)] as const;
}
