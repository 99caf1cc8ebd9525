import { describe, expect, it } from 'vitest';
import { isSupported, mysqlDialect } from '../../src/db/mysql.js';
import { sqliteDialect } from '../../src/db/sqlite.js';
import type { TableDefinition } from '../../src/db/table-definition.js';
import { tables, versionTable, versionTableName } from '../../src/db/tables/registry.js';

const definitions = Object.entries<TableDefinition>({ ...tables, [versionTableName]: versionTable });
const mysql = definitions.flatMap(([name, table]) => mysqlDialect.createTable(name, table));
const sqlite = definitions.flatMap(([name, table]) => sqliteDialect.createTable(name, table));

describe('the tables', () => {
  it('ask MySQL for CREATE and nothing else', () => {
    expect(mysql).toHaveLength(definitions.length);
    for (const statement of mysql) {
      expect(statement).toMatch(/^CREATE TABLE IF NOT EXISTS `\w+` \(/);
      expect(statement).not.toMatch(
        /\b(FOREIGN|REFERENCES|ALTER|RENAME|TEMPORARY|TRIGGER|VIEW|JSON|CREATE INDEX|PARTITION)\b/i,
      );
      expect(statement).not.toContain(';');
    }
  });

  it('have no foreign keys on SQLite either, where indexes stand apart', () => {
    for (const statement of sqlite) {
      expect(statement).toMatch(/^CREATE (TABLE|INDEX) IF NOT EXISTS /);
      expect(statement).not.toMatch(/\b(FOREIGN|REFERENCES|ALTER|RENAME|TEMP)\b/i);
    }
  });

  it('compare every text byte by byte on MySQL', () => {
    for (const statement of mysql) {
      for (const column of statement.match(/`\w+` (VARCHAR\(\d+\)|LONGTEXT)[^,)]*/g) ?? []) {
        expect(column).toMatch(/COLLATE (utf8mb4_bin|ascii_bin)/);
      }
    }
  });

  it('have keys that fit into 3,072 bytes, and index what belongs to an owner', () => {
    const bytes = { id: 40, key: 760, part: 800, text: 400, integer: 8, double: 8 };
    for (const [name, table] of definitions) {
      for (const columns of [table.primaryKey, ...(table.indexes ?? []).map((index) => index.columns)]) {
        const size = columns.reduce((sum, column) => sum + bytes[table.columns[column].type], 0);
        expect(size, name).toBeLessThanOrEqual(3072);
      }
      const { owner } = table;
      if (!owner) continue;
      expect(table.primaryKey[0], name).toBe(owner.column);
      const order = Object.keys(tables);
      expect(order.indexOf(name), `${name} comes before its owner`).toBeLessThan(order.indexOf(owner.table));
    }
  });

  it('have no column that names an experiment without belonging to it', () => {
    for (const [name, table] of definitions) {
      if ('experiment_id' in table.columns) expect(table.owner, name).toMatchObject({ table: 'experiments' });
      if ('set_id' in table.columns) expect(table.owner, name).toMatchObject({ table: 'label_sets' });
    }
  });
});

describe('the version of a server', () => {
  it.each([
    ['8.0.36', true],
    ['5.7.44-log', true],
    ['5.6.51', false],
    ['9.1.0', true],
    ['10.11.6-MariaDB-0+deb12u1', true],
    ['5.5.5-10.3.39-MariaDB', true],
    ['10.2.44-MariaDB', false],
    ['5.5.68-MariaDB', false],
    ['11.4.2-MariaDB', true],
    ['unknown', false],
  ])('%s is known: %s', (version, known) => {
    expect(isSupported(version)).toBe(known);
  });
});
