import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.js';
import { type Password, readPassword } from '../server/access/password.js';
import { openBackend } from '../server/backend.js';
import { isLoopback } from '../server/http/own-hosts.js';
import { type RunningServer, startServer } from '../server/server.js';
import { onEnter } from '../terminal/on-enter.js';
import { resolveConfiguration } from '../workspace/configuration.js';
import { openWorkspace } from '../workspace/workspace.js';
import { defineCommand, type Streams } from './command.js';
import { flag, number, repeatable, text } from './options/options.js';
import { programName } from './program-version.js';

const defaultPort = 8080;
const signalPollMilliseconds = 50;

export const serveCommand = defineCommand({
  options: {
    host: text('--host <address>', 'address to listen at (127.0.0.1: this machine alone)'),
    port: number('--port <n>', `port to listen at, 0 for any free one (${defaultPort})`, {
      min: 0,
      max: 65_535,
      integer: true,
    }),
    open: flag('--open', 'open the viewer in the browser'),
    passwordFile: text('--password-file <file>', 'a password people sign in with; or SECUML_SERVE_PASSWORD'),
    tlsCert: text('--tls-cert <file>', 'certificate (PEM) to speak https with'),
    tlsKey: text('--tls-key <file>', 'its key (PEM)'),
    behindProxy: flag('--behind-proxy', 'a proxy on this machine or network speaks https with the browsers'),
    allowHost: repeatable('--allow-host <name>', 'a further name, name:port or address that people type'),
  },
  examples: `Examples:
  secuml serve
  secuml serve --open --port 0
  secuml serve --host 0.0.0.0 --allow-host lab.example.org --password-file pw --tls-cert c.pem --tls-key k.pem
Open the URL it prints: its token signs in one browser, once. Press Enter for another URL, Ctrl-C to stop.`,

  async run({ options, streams, environment, signal }) {
    const { host = '127.0.0.1', port = defaultPort, behindProxy = false, allowHost: allowedHosts = [] } = options;
    const password = await readPassword(options.passwordFile, environment);
    const tls = await readTls(options.tlsCert, options.tlsKey);
    checkExposure({ host, password, tls: tls !== undefined, behindProxy, allowedHosts });
    const configuration = await resolveConfiguration(options, environment);
    // Opened once here, so that a database that cannot be used is told before anybody opens a page.
    const workspace = await openWorkspace(configuration);
    if (!options.quiet) streams.stderr.write(`database: ${workspace.storeName}\n`);
    await workspace.close();

    const server = await startServer({
      host,
      port,
      password,
      tls,
      behindProxy,
      allowedHosts,
      viewerFolder: fileURLToPath(new URL('./viewer/', import.meta.url)),
      backend: openBackend(configuration, programName),
      log: (line) => streams.stderr.write(`${line}\n`),
    });
    const stopAsking = announce(server, streams, options);
    while (!signal.cancelled) await sleep(signalPollMilliseconds);
    stopAsking();
    await server.close();
    return 130;
  },
});

interface Exposure {
  readonly host: string;
  readonly password: Password | undefined;
  readonly tls: boolean;
  readonly behindProxy: boolean;
  readonly allowedHosts: readonly string[];
}

/** Whatever others can reach asks for a password, and no password goes over a network in plain. */
function checkExposure({ host, password, tls, behindProxy, allowedHosts }: Exposure): void {
  const beyond = !isLoopback(host);
  if ((beyond || behindProxy) && !password) {
    const flags = behindProxy ? '--behind-proxy' : `--host ${host}`;
    throw new UserError(`${flags} lets other machines in: a password is needed`, {
      hint: 'set SECUML_SERVE_PASSWORD, or name a file with --password-file',
    });
  }
  if (beyond && !tls && !behindProxy) {
    throw new UserError(`--host ${host} would send the password and the data in plain over the network`, {
      hint: 'give --tls-cert and --tls-key, or --behind-proxy where a proxy speaks https with the browsers',
    });
  }
  if (behindProxy && allowedHosts.length === 0) {
    throw new UserError('--behind-proxy: under which name do people reach the proxy?', {
      hint: 'for instance: --allow-host secuml.example.org',
    });
  }
}

async function readTls(
  cert: string | undefined,
  key: string | undefined,
): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw new UserError('--tls-cert and --tls-key go together');
  const read = (file: string): Promise<Buffer> =>
    readFile(file).catch((error: Error) => {
      throw new UserError(`${file} cannot be read: ${error.message}`, { cause: error });
    });
  const pair = { cert: await read(cert), key: await read(key) };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new UserError(`${cert} and ${key} are no certificate and its key: ${(error as Error).message}`, {
      hint: 'both in PEM, the key without a passphrase',
      cause: error,
    });
  }
  return pair;
}

/** Tells where the viewer is; returns what ends the waiting for Enter. */
function announce(
  server: RunningServer,
  streams: Streams,
  { json, quiet, open }: { json?: boolean; quiet?: boolean; open?: boolean },
): () => void {
  const tell = (): string => {
    const url = server.oneTimeUrl() ?? server.url;
    streams.stdout.write(json ? `${JSON.stringify({ url })}\n` : `${url}\n`);
    return url;
  };
  const url = tell();
  const ofTheUrl = url === server.url ? 'people sign in with the password' : 'the URL signs in one browser, once';
  if (!quiet) streams.stderr.write(`${ofTheUrl}; Ctrl-C stops the server\n`);
  if (open) openBrowser(url, streams);
  if (url === server.url) return () => undefined;
  const ending = onEnter(streams.stdin, tell);
  if (ending && !quiet) streams.stderr.write('press Enter for a URL for another browser\n');
  return ending ?? (() => undefined);
}

function openBrowser(url: string, { stderr }: Streams): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => stderr.write(`no browser could be opened (${program}): open the URL yourself\n`));
  child.unref();
}
