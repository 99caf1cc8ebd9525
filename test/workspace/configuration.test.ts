import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ConfigurationFlags, resolveConfiguration } from '../../src/workspace/configuration.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-configuration-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** Resolves in a fresh folder that holds `files`. */
async function resolve(
  files: Record<string, string>,
  flags: ConfigurationFlags = {},
  environment: NodeJS.ProcessEnv = {},
) {
  const here = join(folder, String(count++));
  mkdirSync(here);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(here, name), text);
  return resolveConfiguration(flags, environment, here);
}
const file = (settings: object): Record<string, string> => ({ 'secuml.config.json': JSON.stringify(settings) });

describe('the configuration', () => {
  it('has defaults', async () => {
    expect(await resolve({})).toMatchObject({
      inputDir: 'input_data',
      outputDir: 'output_data',
      store: { kind: 'sqlite', file: 'output_data/secuml.db' },
      dbRows: 'auto',
      seed: 0,
      jobs: availableParallelism(),
      cacheLimit: 10 * 2 ** 30,
      rowsCsv: false,
      verifyInput: false,
      file: undefined,
    });
    expect((await resolve({})).maxMemory).toBeGreaterThan(2 ** 28);
  });

  it('takes a flag before the environment before the file', async () => {
    const files = file({ seed: 3, outputDir: 'from-file', jobs: 3, cacheLimit: '3G', rowsCsv: true });
    const environment = { SECUML_SEED: '2', SECUML_OUTPUT_DIR: 'from-env', SECUML_JOBS: '2', SECUML_CACHE_LIMIT: '2k' };
    expect(await resolve(files)).toMatchObject({
      seed: 3,
      outputDir: 'from-file',
      jobs: 3,
      cacheLimit: 3 * 2 ** 30,
      rowsCsv: true,
    });
    expect(await resolve(files, {}, environment)).toMatchObject({
      seed: 2,
      outputDir: 'from-env',
      jobs: 2,
      cacheLimit: 2048,
    });
    const flags = { seed: '1', outputDir: 'from-flag', jobs: 1, cacheLimit: 1 };
    expect(await resolve(files, flags, { ...environment, SECUML_ROWS_CSV: '0' })).toMatchObject({
      ...flags,
      seed: 1,
      rowsCsv: false,
    });
  });

  it('takes paths of a file relative to it', async () => {
    const here = join(folder, 'elsewhere');
    mkdirSync(join(here, 'etc'), { recursive: true });
    writeFileSync(join(here, 'etc', 'c.json'), JSON.stringify({ inputDir: '../data', outputDir: '/abs' }));
    const configuration = await resolveConfiguration({ config: 'etc/c.json' }, {}, here);
    expect(configuration).toMatchObject({ inputDir: 'data', outputDir: '/abs', file: 'etc/c.json' });
  });

  it('draws a random seed', async () => {
    const seeds = await Promise.all([1, 2, 3].map(async () => (await resolve({}, { seed: 'random' })).seed));
    expect(new Set(seeds).size).toBe(3);
    for (const seed of seeds) expect(Number.isSafeInteger(seed)).toBe(true);
  });

  it.each<[string, Record<string, string>, ConfigurationFlags, NodeJS.ProcessEnv, RegExp]>([
    ['an unknown key', file({ inputdir: 'x' }), {}, {}, /unknown setting "inputdir" \(did you mean "inputDir"\?\)/],
    ['a wrong type', file({ jobs: 'many' }), {}, {}, /secuml\.config\.json: jobs: /],
    ['no JSON', { 'secuml.config.json': '{' }, {}, {}, /is no JSON/],
    ['a list', { 'secuml.config.json': '[]' }, {}, {}, /found \[\], expected an object of settings/],
    ['a missing file', {}, { config: 'nowhere.json' }, {}, /nowhere\.json cannot be read/],
    ['a size', file({ cacheLimit: 'lots' }), {}, {}, /cacheLimit: found "lots"/],
    ['a size in the environment', {}, {}, { SECUML_MAX_MEMORY: 'lots' }, /SECUML_MAX_MEMORY: found "lots"/],
    ['a seed', {}, { seed: '1.5' }, {}, /--seed: found "1\.5"/],
    ['too large a seed', {}, { seed: '9007199254740992' }, {}, /--seed: found/],
    ['jobs', {}, {}, { SECUML_JOBS: '0' }, /SECUML_JOBS: found "0"/],
    ['a switch', {}, {}, { SECUML_VERIFY_INPUT: 'perhaps' }, /SECUML_VERIFY_INPUT: found "perhaps"/],
    ['rows', {}, { dbRows: '-1' }, {}, /--db-rows: found "-1"/],
  ])('refuses %s', async (_, files, flags, environment, message) => {
    await expect(resolve(files, flags, environment)).rejects.toThrow(message);
    await expect(resolve(files, flags, environment)).rejects.toMatchObject({ name: 'UserError' });
  });
});

describe('the choice of the database', () => {
  const cnf = (host: string, more = ''): string => `[client]\nhost=${host}\nuser=u\npassword=secret\n${more}`;

  it('goes from --db over --my-cnf, SECUML_DB and the configuration to ./my.cnf', async () => {
    const files = { ...file({ db: 'mysql://u@configured/d' }), 'my.cnf': cnf('local'), 'named.cnf': cnf('named') };
    const environment = { SECUML_DB: 'mysql://u@environment/d' };
    const host = async (flags: ConfigurationFlags, env: NodeJS.ProcessEnv, with_ = files): Promise<unknown> => {
      const { store } = await resolve(with_, flags, env);
      return store.kind === 'mysql' ? store.host : store.file;
    };
    expect(await host({ db: 'mysql://u@flag/d', myCnf: 'named.cnf' }, environment)).toBe('flag');
    expect(await host({ db: 'sqlite' }, environment)).toBe('output_data/secuml.db');
    expect(await host({ myCnf: 'named.cnf' }, environment)).toBe('named');
    expect(await host({}, environment)).toBe('environment');
    expect(await host({}, {})).toBe('configured');
    const { 'my.cnf': local } = files;
    const { store } = await resolve({ 'my.cnf': local });
    expect(store).toMatchObject({
      kind: 'mysql',
      host: 'local',
      user: 'u',
      password: 'secret',
      database: 'secuml',
      port: 3306,
    });
    const configuredFile = await resolve({
      ...file({ myCnf: 'named.cnf' }),
      'named.cnf': cnf('named'),
      'my.cnf': local,
    });
    expect(configuredFile.store).toMatchObject({ host: 'named' });
  });

  it('completes a URL from the option file named with it, and takes the password from nowhere else', async () => {
    const files = {
      'my.cnf': cnf('db.local'),
      'named.cnf': '[client]\nuser=n\npassword=p1\nport=3307\n[secuml]\npassword=p2\n',
    };
    const store = async (flags: ConfigurationFlags, env: NodeJS.ProcessEnv = {}) =>
      (await resolve(files, flags, env)).store;
    expect(await store({ db: 'mysql://db.local/x', myCnf: 'named.cnf' })).toMatchObject({
      host: 'db.local',
      port: 3307,
      user: 'n',
      password: 'p2',
    });
    expect(await store({ db: 'mysql://u@db.local/x' })).toMatchObject({ user: 'u', password: 'secret' });
    expect(await store({ db: 'mysql://u@db.local/x' }, { SECUML_DB_PASSWORD: 'env' })).toMatchObject({
      password: 'env',
    });
    // The local file speaks of another server or user: its password is not sent there.
    expect(await store({ db: 'mysql://u@evil.example/x' })).toMatchObject({ password: undefined });
    expect(await store({ db: 'mysql://other@db.local/x' })).toMatchObject({ password: undefined });
  });

  it('refuses a URL with a password, and never repeats it', async () => {
    for (const db of [
      'mysql://u:hunter2@h/d',
      'postgres://u:hunter2@h/d',
      'mysql://u:hunter2@h:port/d',
      'mysql://u:hunt/er2@h/d',
      'mysql:u:hunter2@h/d',
    ]) {
      const refused = await resolve({}, { db }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'UserError' });
      expect(String(refused)).not.toMatch(/hunt/);
    }
  });

  it.each([
    ['nonsense', /is no URL/],
    ['postgres://u@h/d', /not of a kind/],
    ['sqlite:///x.db', /not of a kind/],
    ['mysql://u@h/d?ssl=1', /more than a name/],
    ['mysql://u@h/d/e', /slash in its name/],
    ['mysql://u@h:99999/d', /is no URL/],
  ])('refuses %s', async (db, message) => {
    await expect(resolve({}, { db })).rejects.toThrow(message);
    await expect(resolve({}, {}, { SECUML_DB: db })).rejects.toThrow(message);
  });

  it('understands IPv6, escapes, and the socket of this machine', async () => {
    expect((await resolve({}, { db: 'mysql://a%40b@[::1]:3310/my%20db' })).store).toMatchObject({
      host: '::1',
      port: 3310,
      user: 'a@b',
      database: 'my db',
    });
    const files = { 'my.cnf': '[client]\nsocket=/run/s.sock\nuser=u\ndatabase=d' };
    expect((await resolve(files)).store).toMatchObject({ socket: '/run/s.sock', database: 'd' });
    expect((await resolve(files, { db: 'mysql://u@127.0.0.1/d' })).store).toMatchObject({ socket: undefined });
  });

  it.each([
    ['', 'unset'],
    ['ssl-ca=/ca.pem', 'verify-identity'],
    ['ssl_ca=/ca.pem\nssl-verify-server-cert=0', 'verify-ca'],
    ['ssl', 'verify-identity'],
    ['ssl=0', 'off'],
    ['skip-ssl', 'off'],
    ['loose-ssl-mode=REQUIRED', 'encrypted'],
    ['ssl-mode=verify_ca\nssl-ca=/ca.pem', 'verify-ca'],
    ['ssl-mode=DISABLED', 'off'],
  ])('reads the encryption of %j as %s', async (options, mode) => {
    const { store } = await resolve({ 'my.cnf': `[client]\n${options}\n` });
    expect(store).toMatchObject({ tls: { mode } });
  });

  it('says where an option file is wrong', async () => {
    await expect(resolve({ 'my.cnf': '[client]\nport=abc' })).rejects.toThrow('my.cnf: found port=abc');
    await expect(resolve({ 'my.cnf': '[client]\nssl-mode=MAYBE' })).rejects.toThrow('found ssl-mode=MAYBE');
    await expect(resolve({ 'my.cnf': 'host=x' })).rejects.toThrow('my.cnf:1: found an option before the first group');
    await expect(resolve({ 'my.cnf': '[client\nhost=x' })).rejects.toThrow('my.cnf:1: found "[" without "]"');
    await expect(resolve({}, { myCnf: 'none.cnf' })).rejects.toThrow('none.cnf cannot be read');
  });
});
