import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PredictionTable } from '../../src/schema/prediction-table.js';
import type { ExperimentKind } from '../../src/schema/vocabulary.js';
import { openBackend } from '../../src/server/backend.js';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/server.js';
import type { Configuration } from '../../src/workspace/configuration.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { exampleConfiguration, exampleResult, exampleStart } from '../workspace/example-result.js';

/** A server over folders of its own, with a browser signed in. */
export interface TestServer {
  readonly server: RunningServer;
  readonly configuration: Configuration;
  /** Of the browser that is signed in. */
  readonly cookie: string;
  /** What the server told its terminal. */
  readonly log: string[];
  /** Sends a request just as it is said: the path is not normalised. */
  send(path: string, options?: SendOptions): Promise<Reply>;
  /** GET with the cookie; the JSON of the answer. */
  get(path: string): Promise<{ status: number; json: never }>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; json: never }>;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** Without the cookie. */
  readonly stranger?: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

/** Starts a server; what is not in `options` is what `secuml serve` takes by itself. */
export async function startTestServer(
  options: Partial<ServerOptions> = {},
  changes: Partial<Configuration> = {},
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'secuml-server-'));
  const outputDir = join(folder, 'output_data');
  const configuration = {
    ...exampleConfiguration(outputDir, { kind: 'sqlite', file: join(outputDir, 'secuml.db') }),
    inputDir: join(folder, 'input_data'),
    ...changes,
  };
  const viewerFolder = join(folder, 'viewer');
  mkdirSync(join(viewerFolder, 'assets'), { recursive: true });
  writeFileSync(join(viewerFolder, 'index.html'), '<!doctype html><title>secuml</title>');
  writeFileSync(join(viewerFolder, 'assets/app-1a2b.js'), 'console.log(1)');
  writeFileSync(join(viewerFolder, '.hidden'), 'hidden');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const log: string[] = [];
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    behindProxy: false,
    allowedHosts: [],
    viewerFolder,
    backend: openBackend(configuration, 'secuml test'),
    log: (line) => log.push(line),
    ...options,
  });
  let cookie = '';
  const send: TestServer['send'] = (path, { method = 'GET', headers = {}, body, stranger = false } = {}) =>
    sendRequest(server.port, path, method, { ...(stranger || cookie === '' ? {} : { cookie }), ...headers }, body);
  const url = server.oneTimeUrl();
  if (url !== undefined) cookie = cookieOf(await send(url.slice(url.indexOf('/', 8))));
  return {
    server,
    configuration,
    cookie,
    log,
    send,
    get: async (path) => json(await send(path)),
    post: async (path, body, headers = {}) =>
      json(
        await send(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: server.url.slice(0, -1), ...headers },
          body: JSON.stringify(body),
        }),
      ),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The cookie that an answer sets, as the browser sends it. */
export function cookieOf({ headers }: Reply): string {
  return headers['set-cookie']?.[0].split(';')[0] ?? '';
}

/** Saves a finished experiment; returns its id. */
export async function saveExperiment(
  configuration: Configuration,
  predictions?: PredictionTable,
  kind: ExperimentKind = 'classify',
): Promise<string> {
  const workspace = await openWorkspace(configuration);
  try {
    const running = await workspace.begin({ ...exampleStart, kind });
    const { document } = await running.finish(exampleResult(predictions, { kind }));
    return document.run.id;
  } finally {
    await workspace.close();
  }
}

function json({ status, text }: Reply): { status: number; json: never } {
  return { status, json: JSON.parse(text) as never };
}

function sendRequest(
  port: number,
  path: string,
  method: string,
  headers: Record<string, string>,
  body: string | Buffer | undefined,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const whole = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole, text: whole.toString() });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
