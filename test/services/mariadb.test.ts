import { afterAll, beforeAll, describe } from 'vitest';
import type { MysqlAddress } from '../../src/db/store-address.js';
import { describeStore } from '../db/store-suite.js';
import { type MariadbServer, mariadbInstalled, startMariadb } from './mariadb.js';

describe.skipIf(!mariadbInstalled())('MariaDB', () => {
  let server: MariadbServer;
  const addresses = new Map<string, MysqlAddress>();

  const addDatabase = async (name: string): Promise<void> => {
    const { user, password, database } = await server.makeDatabase(name);
    addresses.set(name, {
      kind: 'mysql',
      host: '127.0.0.1',
      port: server.port,
      user,
      password,
      database,
      tls: { mode: 'off' },
    });
  };
  const address = (name: string): MysqlAddress => {
    const found = addresses.get(name);
    if (!found) throw new Error(`no database ${name}`);
    return found;
  };

  beforeAll(async () => {
    server = await startMariadb();
    for (const name of ['queries']) await addDatabase(name);
  });
  afterAll(async () => server?.stop());

  describeStore('MariaDB', () => address('queries'));
});
