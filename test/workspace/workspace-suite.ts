import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open-database.js';
import { selectOrphans } from '../../src/db/queries/removal.js';
import type { StoreAddress } from '../../src/db/store-address.js';
import { tables } from '../../src/db/tables/registry.js';
import { InterruptedError } from '../../src/errors.js';
import type { Configuration } from '../../src/workspace/configuration.js';
import { labelSetId } from '../../src/db/queries/labels.js';
import { applyOperation } from '../../src/workspace/labels/editing/apply-operation.js';
import { familyOperation, undoOperation } from '../../src/workspace/labels/editing/set-operations.js';
import type { LabelAnswer } from '../../src/workspace/labels/label-store.js';
import { reindex } from '../../src/workspace/reindex.js';
import { openWorkspace, type Workspace } from '../../src/workspace/workspace.js';
import { hostileTexts } from '../db/hostile-values.js';
import {
  exampleConfiguration,
  exampleCoordinates,
  examplePredictions,
  exampleResult,
  exampleStart,
} from './example-result.js';

const answer = (instanceId: string, label: LabelAnswer['label'], family: string | null = null): LabelAnswer => {
  return { instanceId, ident: `mail ${instanceId}`, label, family, author: 'ann', source: 'test', iteration: null };
};

/** Everything in the database, table by table, in the order of the keys. */
async function dump(address: StoreAddress): Promise<Record<string, unknown[]>> {
  const store = await openDatabase(address);
  const content: Record<string, unknown[]> = {};
  for (const [name, { primaryKey }] of Object.entries(tables)) {
    let query = store.db.selectFrom(name as 'experiments').selectAll();
    for (const column of primaryKey) query = query.orderBy(column as 'id');
    content[name] = await query.execute();
  }
  await store.close();
  return content;
}

/** The workspace on one kind of database: the same for all. */
export function describeWorkspace(title: string, address: () => StoreAddress): void {
  describe(`workspace on ${title}`, () => {
    let folder: string;
    let configuration: Configuration;
    let workspace: Workspace;

    const save = async (
      predictions = examplePredictions(20),
      start = {},
      settings = configuration,
    ): Promise<string> => {
      const own = settings === configuration ? workspace : await openWorkspace(settings);
      const running = await own.begin({ ...exampleStart, ...start });
      const { directory } = await running.finish(exampleResult(predictions, { ...documentOf(start) }));
      if (own !== workspace) await own.close();
      return directory;
    };
    const documentOf = (start: { project?: string; dataset?: string }) => {
      const changes: Record<string, unknown> = {};
      if (start.project) changes.project = start.project;
      if (start.dataset) changes.dataset = { name: start.dataset, hash: 'abc', rows: 3, columns: 2 };
      return changes;
    };

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'secuml-workspace-'));
      configuration = exampleConfiguration(join(folder, 'out'), address());
      workspace = await openWorkspace(configuration);
    });
    afterAll(async () => {
      await workspace.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('takes an experiment from running to done', async () => {
      const running = await workspace.begin({ ...exampleStart, name: 'first' });
      expect(running.directory).toMatch(/\.tmp$/);
      expect(existsSync(running.directory)).toBe(true);
      const [begun] = await workspace.list();
      expect(begun).toMatchObject({ id: running.id, status: 'running', name: 'first', seed: 7 });
      const { directory, document } = await running.finish(exampleResult(examplePredictions(20)));
      expect(existsSync(running.directory)).toBe(false);
      expect(readdirSync(directory).sort()).toStrictEqual(['model.json', 'predictions.csv', 'result.json', 'rows.bin']);
      expect(document.run).toMatchObject({ id: running.id, database: workspace.storeName });
      const record = await workspace.find('latest');
      expect(record).toMatchObject({ id: running.id, status: 'done', warnings: 1, seconds: 2.5, directory });
      expect(await workspace.readDocument(record)).toStrictEqual(document);
      for (const { name, bytes, sha256 } of document.artifacts) {
        const content = readFileSync(join(directory, name));
        expect([content.length, createHash('sha256').update(content).digest('hex')], name).toStrictEqual([
          bytes,
          sha256,
        ]);
        if (name !== 'result.json') expect(content.includes(running.id), `${name} carries the id`).toBe(false);
      }
      const figures = (await workspace.figures(['test.rocAuc'])).get(running.id);
      expect(figures?.get('test.rocAuc')).toBe(0.1 + 0.2);
    });

    it('puts a large panel into a file of its own and reads it back', async () => {
      const size = 5000;
      const curve = Array.from({ length: size }, (_, i) => i / size);
      const data = {
        auc: { value: 1, low: null, high: null },
        falsePositiveRate: curve,
        truePositiveRate: curve,
        threshold: curve,
      };
      const result = exampleResult();
      const [confusion] = result.document.panels;
      const panels = [{ kind: 'roc-curve' as const, id: 'roc-curve:a b/..', title: 'ROC', data }, confusion];
      const running = await workspace.begin(exampleStart);
      const { document, directory } = await running.finish({ ...result, document: { ...result.document, panels } });
      expect(document.panels[0]).toMatchObject({ file: { name: 'panels/1-roc-curve.json' } });
      expect(document.panels[1]).toStrictEqual(confusion);
      const record = await workspace.find(running.id);
      const panel = document.panels[0];
      expect(await workspace.readPanel(record, { ...panel, kind: 'roc-curve' })).toStrictEqual(data);
      appendFileSync(join(directory, 'panels/1-roc-curve.json'), ' ');
      await expect(workspace.readPanel(record, panel)).rejects.toThrow(/not the file that the result was saved with/);
      rmSync(directory, { recursive: true });
      // The database has a copy, for those who have no files.
      expect(await workspace.readPanel(record, panel)).toStrictEqual(data);
      expect(await workspace.readDocument(record)).toStrictEqual(document);
      await workspace.remove(await workspace.removePlan({ experiment: running.id }), { labelsToo: false });
    });

    it('keeps the document below 1 MiB, whatever the number of panels', async () => {
      const result = exampleResult();
      const data = (k: number) => ({ threshold: k, classes: ['x'.repeat(60_000)], matrix: [[1]] });
      const panels = Array.from({ length: 40 }, (_, k) => ({
        kind: 'confusion' as const,
        id: `c${k}`,
        title: 'c',
        data: data(k),
      }));
      const running = await workspace.begin(exampleStart);
      const { directory } = await running.finish({ ...result, document: { ...result.document, panels } });
      expect(readFileSync(join(directory, 'result.json')).length).toBeLessThanOrEqual(2 ** 20);
    });

    it('leaves a failed experiment with its reason and an interrupted one without, and no files', async () => {
      const failed = await workspace.begin(exampleStart);
      await failed.fail(new Error('no convergence\u0000'));
      const interrupted = await workspace.begin(exampleStart);
      await interrupted.fail(new InterruptedError());
      expect(await workspace.find(failed.id)).toMatchObject({ status: 'failed', error: 'no convergence\u2400' });
      expect(await workspace.find(interrupted.id)).toMatchObject({ status: 'interrupted', error: null });
      for (const { directory } of [failed, interrupted]) expect(existsSync(directory)).toBe(false);
      const plan = await workspace.removePlan({ interrupted: true });
      expect(plan.experiments.map(({ id }) => id)).toStrictEqual([failed.id, interrupted.id]);
      await workspace.remove(plan, { labelsToo: false });
      await expect(workspace.find(failed.id)).rejects.toThrow(/no experiment/);
    });

    it('refuses to save what JSON cannot hold, and leaves nothing behind', async () => {
      const result = exampleResult();
      const panels = [
        { kind: 'confusion' as const, id: 'c', title: 'c', data: { threshold: Number.NaN, classes: [], matrix: [] } },
      ];
      const running = await workspace.begin(exampleStart);
      const saving = running.finish({ ...result, document: { ...result.document, panels } });
      await expect(saving).rejects.toThrow(/NaN/);
      await running.fail(new Error('x'));
      expect(
        readdirSync(join(configuration.outputDir, 'P', 'D')).filter((name) => name.endsWith('.tmp')),
      ).toStrictEqual([]);
    });

    it('says so when the files cannot be written', async () => {
      const running = await workspace.begin(exampleStart);
      rmSync(running.directory, { recursive: true });
      const lost = await running.finish(exampleResult()).catch((error: unknown) => error);
      expect(lost).toMatchObject({ name: 'UserError', message: expect.stringContaining('could not be saved') });
      await running.fail(lost);
      expect((await workspace.find(running.id)).status).toBe('failed');
    });

    it('reads nothing outside the folder of a result, whatever its document names', async () => {
      const directory = await save();
      const record = await workspace.find('latest');
      for (const name of ['../../../secret', '/etc/passwd', 'panels/../../x', '..\\\\x', '']) {
        const file = { name, bytes: 1, sha256: '0'.repeat(64) };
        const panel = { kind: 'confusion' as const, id: 'c', title: 'c', file };
        await expect(workspace.readPanel(record, panel), name).rejects.toThrow(/outside its folder/);
      }
      expect(record.directory).toBe(directory);
    });

    it('stores the rows that were asked for, and says which', async () => {
      const predictions = examplePredictions(200);
      for (const [dbRows, expected] of [
        ['none', 0],
        [7, 7],
        ['all', 200],
      ] as const) {
        const directory = await save(predictions, { dataset: `rows-${dbRows}` }, { ...configuration, dbRows });
        const store = await openDatabase(address());
        const rows = await store.db
          .selectFrom('predictions')
          .innerJoin('experiments', 'experiments.id', 'predictions.experiment_id')
          .select(['row_index', 'score'])
          .where('dataset', '=', `rows-${dbRows}`)
          .orderBy('score', 'desc')
          .execute();
        await store.close();
        expect(rows).toHaveLength(expected);
        const highest = [...predictions.score]
          .sort((a, b) => b - a)
          .slice(0, expected)
          .map((score) => score + 0);
        expect(rows.map((row) => row.score)).toStrictEqual(highest);
        const said = readFileSync(join(directory, 'result.json'), 'utf8').includes(
          `the database holds ${expected} of 200`,
        );
        expect(said).toBe(dbRows !== 'all');
      }
    });

    it('keeps the coordinates of a projection in a table of their own, rebuilds and removes them', async () => {
      const predictions = exampleCoordinates(200, 12);
      const inDatabase = async () => {
        const store = await openDatabase(address());
        const rows = await store.db
          .selectFrom('coordinates')
          .select(['row_index', 'instance_id', 'label', 'c1', 'c10'])
          .orderBy('row_index')
          .execute();
        await store.close();
        return rows;
      };
      const expected = (index: readonly number[]) =>
        index.map((i) => ({
          row_index: i,
          instance_id: `id-${i}`,
          label: i % 7 === 0 ? null : ['benign', 'malicious'][i % 2],
          c1: predictions.coordinates[0][i] + 0,
          c10: predictions.coordinates[9][i] + 0,
        }));
      const start = { project: 'coordinates', dataset: 'C' };
      const all = Array.from({ length: 200 }, (_, i) => i);
      for (const [dbRows, wanted] of [
        ['none', []],
        [5, [0, 40, 80, 120, 160]],
        ['all', all],
      ] as const) {
        const directory = await save(predictions, start, { ...configuration, dbRows });
        expect(readdirSync(directory)).toContain('coordinates.csv');
        expect(await inDatabase()).toStrictEqual(expected(wanted));
        const document = readFileSync(join(directory, 'result.json'), 'utf8');
        expect(document.includes('rows spread evenly over all, as --db-rows asks')).toBe(dbRows === 5);
        await reindex({ address: address(), outputDir: configuration.outputDir, dbRows: 'all' });
        expect(await inDatabase()).toStrictEqual(expected(all));
        const plan = await workspace.removePlan({ project: 'coordinates' });
        await workspace.remove(plan, { labelsToo: false });
        expect(await inDatabase()).toStrictEqual([]);
      }
    });

    it('finds by id, beginning, tail and name, and lists what is meant otherwise', async () => {
      const id = (await save(undefined, { name: 'one of a kind' })).split('/').at(-1) ?? '';
      await save();
      for (const wanted of [id, id.slice(0, -1), id.slice(-4), 'one of a kind'])
        expect((await workspace.find(wanted)).id).toBe(id);
      await expect(workspace.find('2')).rejects.toThrow(new RegExp(`means \\d+ experiments:[^]*${id}`));
      await expect(workspace.find('')).rejects.toThrow(/no experiment/);
      await expect(workspace.find('latest', { project: 'nobody' })).rejects.toThrow(/no finished experiment/);
    });

    it('refuses names that are no folders', async () => {
      const isUserError = { name: 'UserError' };
      for (const name of ['..', '.', '', 'a/b', 'a\\b', '.hidden', 'a\0b', ' a', 'x'.repeat(191)]) {
        await expect(workspace.begin({ ...exampleStart, project: name }), name).rejects.toMatchObject(isUserError);
        await expect(workspace.begin({ ...exampleStart, dataset: name }), name).rejects.toMatchObject(isUserError);
      }
      await expect(workspace.begin({ ...exampleStart, project: 'removed' })).rejects.toThrow(/cannot be called/);
    });

    it('lets two writers save at once', async () => {
      const second = await openWorkspace(configuration);
      const runs = await Promise.all(
        [workspace, second, workspace, second].map(async (own) => {
          const running = await own.begin(exampleStart);
          await running.finish(exampleResult(examplePredictions(6_000)));
          return running.id;
        }),
      );
      await second.close();
      expect(new Set(runs).size).toBe(4);
      for (const id of runs) expect((await workspace.find(id)).status).toBe('done');
    });

    it('writes labels down, tells what was overtaken, and gives back what holds', async () => {
      const name = { project: 'P', dataset: 'D', set: 'main' };
      await expect(workspace.labels.current(name)).rejects.toThrow(/no label set "main"/);
      await workspace.labels.append(name, [answer('a', 'malicious', 'spam'), answer('b', 'benign')]);
      const { kept, warning } = await workspace.labels.append(name, [
        { ...answer('a', 'benign'), seen: 0 },
        { ...answer('b', null), seen: 2 },
        { ...answer('c', 'malicious'), seen: 0 },
      ]);
      expect(warning).toBeUndefined();
      expect(kept.map(({ event, overtook }) => [event.n, event.previous, overtook?.n])).toStrictEqual([
        [3, { label: 'malicious', family: 'spam' }, 1],
        [4, { label: 'benign', family: null }, undefined],
        [5, null, undefined],
      ]);
      const current = await workspace.labels.current(name);
      expect([...current].map(([id, { label, n }]) => [id, label, n])).toStrictEqual([
        ['a', 'benign', 3],
        ['c', 'malicious', 5],
      ]);
      const { labels, label_events: events } = await dump(address());
      expect(labels).toMatchObject([
        { instance_id: 'a', label: 'benign', n: 3 },
        { instance_id: 'c', n: 5 },
      ]);
      expect(events).toHaveLength(5);
      expect(await workspace.labels.list('P', 'D')).toStrictEqual(['main']);
    });

    it('writes operations on families, and takes them back, in log and database alike', async () => {
      const name = { project: 'P', dataset: 'D', set: 'edited' };
      const families = ['a', 'b', 'c', 'd'].map((id) => answer(id, 'malicious', id < 'c' ? 'worm' : 'bot'));
      await workspace.labels.append(name, families);
      const merge = familyOperation({
        operation: 'merge',
        from: [
          { label: 'malicious', family: 'worm' },
          { label: 'malicious', family: 'bot' },
        ],
        to: '\u{1F9A0}',
      });
      const { warning, range } = await applyOperation(workspace.labels, name, merge, { author: 'ann', expected: 4 });
      expect([warning, range]).toStrictEqual([undefined, { first: 5, last: 8 }]);
      const stored = async () => {
        const { labels } = await dump(address());
        const rows = labels as { set_id: string; instance_id: string; family: string; author: string }[];
        return rows
          .filter((row) => row.set_id === labelSetId(name))
          .map(({ instance_id: id, family, author }) => [id, family, author]);
      };
      expect(await stored()).toStrictEqual(['a', 'b', 'c', 'd'].map((id) => [id, '\u{1F9A0}', 'ann']));
      await applyOperation(workspace.labels, name, undoOperation(), { author: 'ben' });
      const held = await (await openAgain()).labels.current(name);
      expect(await stored()).toStrictEqual(families.map(({ instanceId, family }) => [instanceId, family, 'ben']));
      expect([...held].map(([id, { family, n }]) => [id, family, n])).toStrictEqual(
        families.map(({ instanceId, family }, k) => [instanceId, family, 9 + k]),
      );
    });

    it('keeps hostile texts in labels, and refuses a set that is no file name or the truth', async () => {
      const name = { project: 'P', dataset: 'D', set: 'hostile \u202E😀 "set"' };
      const texts = hostileTexts.filter((text) => text.trim() === text);
      await workspace.labels.append(
        name,
        texts.map((text) => ({ ...answer(text, 'malicious', text), ident: text })),
      );
      const current = await (await openAgain()).labels.current(name);
      expect([...current.keys()]).toStrictEqual(texts);
      expect([...current.values()].map(({ family }) => family)).toStrictEqual(texts);
      for (const set of ['truth', '../x', '', '.x', 'x'.repeat(191)]) {
        await expect(workspace.labels.append({ ...name, set }, [answer('a', null)]), set).rejects.toMatchObject({
          name: 'UserError',
        });
      }
      await expect(workspace.labels.append(name, [answer(' a', null)])).rejects.toThrow(/without blanks/);
      await expect(workspace.labels.append(name, [answer('a', 'benign', 'f'.repeat(191))])).rejects.toThrow(
        /190 characters/,
      );
    });

    const openAgain = async (): Promise<Workspace> => {
      const again = await openWorkspace(configuration);
      opened.push(again);
      return again;
    };
    const opened: Workspace[] = [];
    afterAll(async () => {
      for (const again of opened) await again.close();
    });

    it('numbers the answers of two processes without a gap or a double', async () => {
      const name = { project: 'P', dataset: 'D', set: 'shared' };
      const writers = [workspace, await openAgain(), await openAgain()];
      await Promise.all(
        writers.map(async (writer, w) => {
          for (let i = 0; i < 15; i++)
            await writer.labels.append(name, [answer(`${w}-${i}`, 'malicious'), answer('same', 'benign')]);
        }),
      );
      const events = await workspace.labels.events(name);
      expect(events.map(({ n }) => n)).toStrictEqual(Array.from({ length: 90 }, (_, i) => i + 1));
      expect((await workspace.labels.current(name)).size).toBe(46);
      const { label_events: stored } = await dump(address());
      expect(stored.filter((row) => (row as { instance_id: string }).instance_id === 'same').length).toBe(45);
    });

    it('rebuilds the same database from the files', async () => {
      const running = await workspace.begin(exampleStart);
      const before = await dump(address());
      const report = await reindex({ address: address(), outputDir: configuration.outputDir, dbRows: 'auto' });
      expect(report.broken).toStrictEqual([]);
      expect(report.unfinished).toBe(1);
      const after = await dump(address());
      const comparable = (content: Record<string, unknown[]>) => ({
        ...content,
        predictions: [],
        experiments: content.experiments
          .filter((row) => (row as { status: string }).status === 'done')
          .map((row) => ({ ...(row as object), host: '', pid: 0, process_start: null })),
      });
      expect(comparable(after)).toStrictEqual(comparable(before));
      expect((await workspace.find(running.id)).status).toBe('running');
      await running.finish(exampleResult());
      expect((await workspace.find(running.id)).status).toBe('done');
    });

    it('rebuilds without what is broken, and says so', async () => {
      const spoil = async (dataset: string, damage: (directory: string) => void): Promise<void> => {
        damage(await save(undefined, { project: 'broken', dataset }));
      };
      await spoil('no-json', (directory) => writeFileSync(join(directory, 'result.json'), '{"schema":'));
      await spoil('no-document', (directory) => rmSync(join(directory, 'result.json')));
      await spoil('no-rows', (directory) => rmSync(join(directory, 'rows.bin')));
      await spoil('short-rows', (directory) => writeFileSync(join(directory, 'rows.bin'), 'x'));
      await spoil('newer', (directory) => {
        const text = readFileSync(join(directory, 'result.json'), 'utf8');
        writeFileSync(join(directory, 'result.json'), text.replace('"version": 1', '"version": 99'));
      });
      await spoil('elsewhere', (directory) => {
        const text = readFileSync(join(directory, 'result.json'), 'utf8');
        writeFileSync(join(directory, 'result.json'), text.replace('"project": "broken"', '"project": "other"'));
      });
      mkdirSync(join(configuration.outputDir, 'broken', 'stranger', 'my notes'), { recursive: true });
      const { broken } = await reindex({ address: address(), outputDir: configuration.outputDir, dbRows: 'auto' });
      expect(broken).toHaveLength(6);
      const reasons = broken.map(({ reason }) => reason).join('\n');
      for (const part of ['no JSON', 'ENOENT', 'rows.bin', 'newer secuml', 'its document says'])
        expect(reasons).toContain(part);
      expect(await workspace.list({ project: 'broken' })).toStrictEqual([]);
      const store = await openDatabase(address());
      expect(await selectOrphans(store)).toStrictEqual([]);
      await store.close();
    });

    it('removes an experiment, a dataset, a project: rows and files, and puts label logs aside', async () => {
      const one = await save(undefined, { project: 'R', dataset: 'one' });
      const kept = await save(undefined, { project: 'R', dataset: 'two' });
      await save(undefined, { project: 'R', dataset: 'one' });
      await workspace.labels.append({ project: 'R', dataset: 'one', set: 'main' }, [answer('a', 'malicious')]);
      writeFileSync(join(configuration.outputDir, 'R', 'two', 'my notes.txt'), 'mine');
      const remove = async (request: Parameters<Workspace['removePlan']>[0], labelsToo = false) =>
        workspace.remove(await workspace.removePlan(request), { labelsToo });

      await remove({ experiment: one.split('/').at(-1) ?? '' });
      expect(existsSync(one)).toBe(false);
      expect(await workspace.list({ project: 'R', dataset: 'one' })).toHaveLength(1);

      const report = await remove({ project: 'R', dataset: 'one' });
      expect(report).toMatchObject({ experiments: 1, labelSets: 1 });
      expect(existsSync(join(configuration.outputDir, 'R', 'one'))).toBe(false);
      const log = readFileSync(join(report.labelsMovedTo ?? '', 'R', 'one', 'labels', 'main.jsonl'), 'utf8');
      expect(JSON.parse(log)).toMatchObject({ n: 1, instance_id: 'a' });
      expect(existsSync(kept)).toBe(true);

      await workspace.labels.append({ project: 'R', dataset: 'two', set: 'main' }, [answer('a', 'malicious')]);
      expect((await remove({ project: 'R' }, true)).labelsMovedTo).toBeUndefined();
      // What is not ours stays.
      expect(readdirSync(join(configuration.outputDir, 'R', 'two'))).toStrictEqual(['my notes.txt']);
      await expect(remove({ project: 'nobody' })).rejects.toThrow(/no results of nobody/);
      await expect(remove({ project: 'removed' })).rejects.toThrow(/no results of removed/);
      const running = await workspace.begin({ ...exampleStart, project: 'R', dataset: 'three' });
      await expect(remove({ project: 'R' })).rejects.toThrow(/still running/);
      await expect(remove({ experiment: running.id })).rejects.toThrow(/still running/);
      await running.fail(new Error('x'));
      const store = await openDatabase(address());
      expect(await selectOrphans(store)).toStrictEqual([]);
      await store.close();
    });

    it('starts a removed label set afresh', async () => {
      const name = { project: 'P', dataset: 'again', set: 'main' };
      await workspace.labels.append(name, [answer('a', 'malicious'), answer('b', 'malicious')]);
      await workspace.remove(await workspace.removePlan({ project: 'P', dataset: 'again' }), { labelsToo: false });
      await workspace.labels.append(name, [answer('c', 'benign')]);
      expect([...(await workspace.labels.current(name)).keys()]).toStrictEqual(['c']);
      expect((await workspace.labels.events(name)).map(({ n }) => n)).toStrictEqual([1]);
    });
  });
}
