import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertRows } from '../../src/db/insert-rows.js';
import { completeRebuild, openDatabase } from '../../src/db/open-database.js';
import { insertDocument, selectDocument } from '../../src/db/queries/documents.js';
import { insertExperiment, selectExperiments, updateExperiment } from '../../src/db/queries/experiments.js';
import { insertHeadline, selectFigures } from '../../src/db/queries/headline-figures.js';
import { insertPredictions } from '../../src/db/queries/predictions.js';
import { deleteOwner, selectOrphans } from '../../src/db/queries/removal.js';
import type { Store } from '../../src/db/store.js';
import type { StoreAddress } from '../../src/db/store-address.js';
import { tables } from '../../src/db/tables/registry.js';
import { examplePredictions } from '../workspace/example-result.js';
import { doublesToKeep, hostileTexts } from './hostile-values.js';

/** An experiment's row with nothing special about it. */
export function experimentRow(id: string) {
  const now = '2026-01-02T03:04:05.000Z';
  return {
    id,
    kind: 'classify',
    project: 'P',
    dataset: 'D',
    name: null,
    status: 'done',
    host: 'h',
    pid: 1,
    process_start: null,
    heartbeat: now,
    started: now,
    finished: now,
    seconds: 1.5,
    directory: `P/D/${id}`,
    dataset_hash: null,
    seed: 0,
    settings: '{}',
    warnings: 0,
    error: null,
    parent_id: null,
  };
}

/** The queries on one kind of database: the same for all. `address` is called once the server is up. */
export function describeStore(title: string, address: () => StoreAddress): void {
  describe(`queries on ${title}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await openDatabase(address());
    });
    afterAll(async () => store.close());

    it('is made once and opened again as it is', async () => {
      await insertExperiment(store, experimentRow('again'));
      const second = await openDatabase(address());
      expect((await selectExperiments(second)).map((row) => row.id)).toContain('again');
      await second.close();
    });

    it('opens for many at once', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, () => openDatabase(address())));
      for (const other of stores) await other.close();
    });

    it('keeps every bit of a double, and NULL for what is no number', async () => {
      const predictions = { ...examplePredictions(doublesToKeep.length), score: Float64Array.from(doublesToKeep) };
      await insertExperiment(store, experimentRow('bits'));
      await insertPredictions(store, 'bits', predictions);
      const rows = await store.db
        .selectFrom('predictions')
        .select('score')
        .where('experiment_id', '=', 'bits')
        .orderBy('row_index')
        .execute();
      const expected = doublesToKeep.map((value) => (Number.isFinite(value) ? value + 0 : null));
      expect(rows.map((row) => row.score)).toStrictEqual(expected);
    });

    it('keeps hostile texts apart and as they are', async () => {
      await insertExperiment(store, experimentRow('texts'));
      await insertPredictions(store, 'texts', examplePredictions(hostileTexts.length, hostileTexts));
      for (const [i, text] of hostileTexts.entries()) {
        const found = await store.db
          .selectFrom('predictions')
          .select(['row_index', 'ident'])
          .where('experiment_id', '=', 'texts')
          .where('instance_id', '=', text)
          .execute();
        expect(found).toStrictEqual([{ row_index: i, ident: text }]);
      }
    });

    it('stands U+0000 for, and cuts an endless ident with a sign', async () => {
      const ids = ['a\0b', 'x'.repeat(10)];
      const table = { ...examplePredictions(2, ids), ident: ['a\0b', '😀'.repeat(100_000)] };
      await insertExperiment(store, experimentRow('cut'));
      await insertPredictions(store, 'cut', table);
      const rows = await store.db
        .selectFrom('predictions')
        .select('ident')
        .where('experiment_id', '=', 'cut')
        .orderBy('row_index')
        .execute();
      expect(rows[0].ident).toBe('a\u2400b');
      expect(rows[1].ident).toMatch(/^(😀){2048}…$/u);
    });

    it('keeps documents of several chunks', async () => {
      const document = `${'a'.repeat(2 ** 18 - 1)}😀${'é'.repeat(2 ** 18)}`;
      await insertExperiment(store, experimentRow('document'));
      await insertDocument(store, 'document', 'result.json', document);
      expect(await selectDocument(store, 'document', 'result.json')).toBe(document);
      expect(await selectDocument(store, 'document', 'other.json')).toBeUndefined();
      const chunks = await store.db
        .selectFrom('documents')
        .select('content')
        .where('experiment_id', '=', 'document')
        .execute();
      for (const { content } of chunks) expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2 ** 20);
    });

    it('keeps headline figures by name', async () => {
      await insertExperiment(store, experimentRow('figures'));
      const long = `"${'f'.repeat(380)}".recall`;
      await insertHeadline(store, 'figures', { 'test.rocAuc': 0.1 + 0.2, 'test.recall': null, [long]: 1 / 3 });
      const figures = await selectFigures(store, ['test.rocAuc', 'test.recall', long]);
      expect(figures.get('figures')).toStrictEqual(
        new Map<string, number | null>([
          ['test.rocAuc', 0.1 + 0.2],
          ['test.recall', null],
          [long, 1 / 3],
        ]),
      );
    });

    it('says whether there was a row to change, changed or not', async () => {
      await insertExperiment(store, experimentRow('change'));
      expect(await updateExperiment(store, 'change', { status: 'done' })).toBe(true);
      expect(await updateExperiment(store, 'change', { status: 'failed' })).toBe(true);
      expect(await updateExperiment(store, 'nobody', { status: 'done' })).toBe(false);
    });

    it('finds by project, dataset and kind, telling case and accents apart', async () => {
      await insertExperiment(store, { ...experimentRow('case-1'), project: 'Été', dataset: 'x' });
      await insertExperiment(store, { ...experimentRow('case-2'), project: 'été', dataset: 'x' });
      await insertExperiment(store, { ...experimentRow('case-3'), project: 'ete', dataset: 'x' });
      const found = await selectExperiments(store, { project: 'été', dataset: 'x', kind: 'classify' });
      expect(found.map((row) => row.id)).toStrictEqual(['case-2']);
    });

    it('removes 200,000 rows with their experiment in seconds, and leaves the others', async () => {
      await insertExperiment(store, experimentRow('large'));
      await insertExperiment(store, experimentRow('kept'));
      await insertPredictions(store, 'kept', examplePredictions(100));
      const begin = performance.now();
      await insertPredictions(store, 'large', examplePredictions(200_000));
      await insertHeadline(store, 'large', { x: 1 });
      const saved = performance.now();
      await deleteOwner(store, 'experiments', 'large');
      const removed = performance.now();
      const [{ count }] = await store.db
        .selectFrom('predictions')
        .select(sql<number>`count(*)`.as('count'))
        .where('experiment_id', 'in', ['large', 'kept'])
        .execute();
      expect(count).toBe(100);
      expect(await selectOrphans(store)).toStrictEqual([]);
      // Generous: the machine is shared. Without an index the removal alone took minutes.
      expect(saved - begin).toBeLessThan(40_000);
      expect(removed - saved).toBeLessThan(20_000);
    });

    it('finds rows without an owner, in every table that has one', async () => {
      await insertHeadline(store, 'nobody', { x: 1 });
      await insertRows(store, 'label_events', [['no-set', 1, 'now', null, 'i', 'i', null, null, null, null, null]]);
      expect(await selectOrphans(store)).toStrictEqual([
        { table: 'headline_figures', id: 'nobody' },
        { table: 'label_events', id: 'no-set' },
      ]);
      await deleteOwner(store, 'experiments', 'nobody');
      await deleteOwner(store, 'label_sets', 'no-set');
      expect(await selectOrphans(store)).toStrictEqual([]);
    });

    it('refuses a database of another version, and one that holds tables of a stranger', async () => {
      await store.db.insertInto('secuml_tables').values({ version: 1_000_000 }).execute();
      await expect(openDatabase(address())).rejects.toThrow(/newer secuml/);
      await store.db.deleteFrom('secuml_tables').where('version', '=', 1_000_000).execute();
      await sql`drop table ${sql.table('secuml_tables')}`.execute(store.db);
      await expect(openDatabase(address())).rejects.toThrow(/tables of something else/);
      await expect(openDatabase(address(), { recreate: true })).rejects.toThrow(/tables of something else/);
      for (const name of Object.keys(tables)) await sql`drop table ${sql.table(name)}`.execute(store.db);
    });

    it('is made anew, empty, and is for others only when that is done', async () => {
      const anew = await openDatabase(address(), { recreate: true });
      await insertExperiment(anew, experimentRow('old'));
      await expect(openDatabase(address())).rejects.toThrow(/half rebuilt/);
      await completeRebuild(anew);
      await anew.close();
      const opened = await openDatabase(address());
      expect(await selectExperiments(opened)).toHaveLength(1);
      await opened.close();
      const again = await openDatabase(address(), { recreate: true });
      expect(await selectExperiments(again)).toStrictEqual([]);
      await again.close();
    });
  });
}
