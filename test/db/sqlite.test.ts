import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open-database.js';
import { describeStore } from './store-suite.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStore('SQLite', () => ({ kind: 'sqlite', file: join(folder, 'suite.db') }));

describe('opening SQLite', () => {
  it('is durable and patient', async () => {
    mkdirSync(join(folder, 'new'));
    const store = await openDatabase({ kind: 'sqlite', file: join(folder, 'new', 'x.db') });
    const pragma = async (name: string): Promise<unknown> => {
      const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(store.db);
      return Object.values(rows[0])[0];
    };
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('busy_timeout')).toBe(10_000);
    expect(store.name).toBe(`SQLite ${join(folder, 'new', 'x.db')}`);
    await store.close();
  });

  it('says what to do about a file that is no database, and a folder that is a file', async () => {
    const bad = join(folder, 'bad.db');
    writeFileSync(bad, 'this is a letter, not a database. '.repeat(100));
    await expect(openDatabase({ kind: 'sqlite', file: bad })).rejects.toMatchObject({
      name: 'UserError',
      hint: expect.stringContaining('secuml reindex'),
    });
    await expect(openDatabase({ kind: 'sqlite', file: join(bad, 'x.db') })).rejects.toMatchObject({
      name: 'UserError',
    });
  });
});
