import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ExperimentPage, homeSchema } from '../../src/schema/api/experiments.js';
import { rowsPageSchema } from '../../src/schema/api/rows.js';
import { scratchFolder, secuml, smallDataset, startSecuml, writeFiles } from './program.js';

let cwd: string;
const running: ChildProcess[] = [];

beforeAll(() => {
  cwd = scratchFolder();
  writeFiles(cwd, smallDataset('P', 'D'));
  expect(secuml(['classify', '--project', 'P', '--dataset', 'D', '--no-tuning', '--quiet'], { cwd }).status).toBe(0);
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts `serve`; its URL, and what it ends with. */
async function serve(...args: string[]) {
  const child = startSecuml(['serve', '--port', '0', ...args], { cwd });
  running.push(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stderr })),
  );
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('close', () => reject(new Error(stderr)));
  });
  return { child, line, ended };
}

async function signIn(url: string): Promise<(path: string) => Promise<Response>> {
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  const cookie = answer.headers.getSetCookie()[0].split(';')[0];
  return (path) => fetch(new URL(path, url), { headers: { cookie } });
}

describe('secuml serve', () => {
  it('prints a one-time URL, serves real results, and ends with 130 on Ctrl-C', async () => {
    const { child, line, ended } = await serve();
    expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const get = await signIn(line);
    const { experiments, datasets } = homeSchema.parse(await (await get('/api/home')).json());
    expect(datasets).toEqual([{ project: 'P', dataset: 'D' }]);
    const [{ id, figures }] = experiments;
    expect(figures[0].name).toBe('test.rocAuc');
    const { document } = (await (await get(`/api/experiments/${id}`)).json()) as ExperimentPage;
    expect(document?.run.id).toBe(id);
    for (const panel of document?.panels ?? []) {
      const answer = await get(`/api/experiments/${id}/panels/${encodeURIComponent(panel.id)}`);
      expect(answer.status).toBe(200);
    }
    const page = rowsPageSchema.parse(await (await get(`/api/experiments/${id}/rows?part=test`)).json());
    expect(page.total).toBe(document?.headline['test.instances']);
    // A connection that is held open must not keep the server alive.
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('database: SQLite');
    expect(stderr).not.toContain('bug');
  });

  it('ends on TERM, and prints JSON with --json', async () => {
    const { child, line, ended } = await serve('--json', '--quiet');
    expect(JSON.parse(line)).toEqual({ url: expect.stringContaining('/?token=') });
    child.kill('SIGTERM');
    expect((await ended).code).toBe(130);
  });

  it('says which port is free where the one asked for is not', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const { status, stderr } = secuml(['serve', '--port', String(port)], { cwd });
    taken.close();
    expect(status).toBe(2);
    expect(stderr).toContain(`port ${port} of 127.0.0.1 is in use`);
    expect(stderr).toMatch(/--port \d+/);
  });

  it('lets nobody in from elsewhere without a password, nor the password over the network in plain', () => {
    const fails = (args: string[], env: Record<string, string> = {}): string => {
      const { status, stderr } = secuml(['serve', '--port', '0', ...args], { cwd, env });
      expect(status).toBe(2);
      return stderr;
    };
    expect(fails(['--host', '0.0.0.0'])).toContain('a password is needed');
    const SECUML_SERVE_PASSWORD = 'correct horse battery';
    expect(fails(['--host', '0.0.0.0'], { SECUML_SERVE_PASSWORD })).toContain('in plain');
    expect(fails(['--behind-proxy'])).toContain('a password is needed');
    expect(fails(['--behind-proxy'], { SECUML_SERVE_PASSWORD })).toContain('--allow-host');
    expect(fails(['--host', '0.0.0.0'], { SECUML_SERVE_PASSWORD: 'short' })).toContain('fewer than 12 characters');
    expect(fails(['--tls-cert', 'x'])).toContain('go together');
    writeFiles(cwd, { 'no.pem': 'no certificate' });
    expect(fails(['--tls-cert', 'no.pem', '--tls-key', 'no.pem'])).toContain('no certificate and its key');
    expect(fails(['--host', '192.0.2.1', '--behind-proxy', '--allow-host', 'x'], { SECUML_SERVE_PASSWORD })).toContain(
      'no address of this machine',
    );
    expect(fails(['--password-file', join(cwd, 'absent')])).toContain('cannot be read');
    expect(fails(['extra'])).toContain('too many arguments');
  });
});
