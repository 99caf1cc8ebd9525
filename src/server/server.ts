import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Gate } from './access/gate.js';
import type { Password } from './access/password.js';
import type { Backend } from './backend.js';
import { failureOf, RequestError } from './http/failure.js';
import { isLoopback, OwnHosts } from './http/own-hosts.js';
import { send, sendJson } from './http/reply.js';
import { setSecurityHeaders } from './http/security-headers.js';
import { listen } from './listen.js';
import { answerApi } from './routes/api.js';
import { staticFiles } from './static-files.js';

export interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly password?: Password;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  /** A proxy before us speaks https with the browsers. */
  readonly behindProxy: boolean;
  /** Names besides the host's own under which people reach us, with or without a port. */
  readonly allowedHosts: readonly string[];
  /** The built viewer. */
  readonly viewerFolder: string;
  readonly backend: Backend;
  /** Lines for the terminal. */
  log(line: string): void;
}

export interface RunningServer {
  readonly port: number;
  /** Where a browser finds it. */
  readonly url: string;
  /** A URL that signs in one browser, once; undefined where people sign in by password alone. */
  oneTimeUrl(): string | undefined;
  /** Lets running requests end for a moment, then closes every connection and thread. */
  close(): Promise<void>;
}

/** How long a running request may still take when the server is stopped. */
const patienceMilliseconds = 2000;

/** Starts the server; throws UserError for an address that cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, tls, behindProxy, backend } = options;
  const secure = tls !== undefined || behindProxy;
  const oneTimeUrl = isLoopback(host) && !behindProxy;
  let handle: RequestListener = (_request, response) => response.destroy();
  const server = makeServer(tls, (request, response) => handle(request, response));
  await listen(server, host, options.port);
  const { port } = server.address() as AddressInfo;
  const hosts = new OwnHosts(host, port, options.allowedHosts, secure);
  const gate = new Gate({ password: options.password, oneTimeUrl, secure, behindProxy, port }, hosts);
  const files = staticFiles(options.viewerFolder);
  handle = (request, response) => {
    void answer(request, response, { hosts, gate, files, backend, secure, log: options.log });
  };
  const url = shownUrl(options, port);
  return {
    port,
    url,
    oneTimeUrl: () => (oneTimeUrl ? `${url}?token=${gate.issueToken()}` : undefined),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), patienceMilliseconds);
      await closed;
      clearTimeout(timer);
      await backend.close();
    },
  };
}

/** The address people type: under the first name that was allowed where the one bound is none they can use. */
function shownUrl({ host, tls, behindProxy, allowedHosts }: ServerOptions, port: number): string {
  if (behindProxy) return `https://${allowedHosts[0]}/`;
  const [named = '127.0.0.1'] = allowedHosts;
  const name = host === '0.0.0.0' || host === '::' ? named : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${/:\d+$/.test(name) ? name : `${name}:${port}`}/`;
}

/** Slow clients are cut off, and connections bounded. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2000,
};
const mostConnections = 512;

function makeServer(tls: ServerOptions['tls'], listener: RequestListener): Server {
  const server = tls
    ? createSecureServer(
        { ...limits, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: limits.headersTimeout },
        listener,
      )
    : createServer(limits, listener);
  server.maxConnections = mostConnections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else socket.destroy();
  });
  return server;
}

interface Answering {
  readonly hosts: OwnHosts;
  readonly gate: Gate;
  readonly files: ReturnType<typeof staticFiles>;
  readonly backend: Backend;
  readonly secure: boolean;
  log(line: string): void;
}

/** Every request, in this order: whom it means, who asks, what for. */
async function answer(request: IncomingMessage, response: ServerResponse, tools: Answering): Promise<void> {
  const { hosts, gate, files, backend } = tools;
  setSecurityHeaders(response, tools);
  const { url = '' } = request;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  try {
    if (!hosts.knows(request.headers.host)) {
      throw new RequestError(421, 'this server does not answer under that name', {
        hint: 'open the address that secuml serve printed, or name this one with --allow-host',
      });
    }
    if (!path.startsWith('/')) throw new RequestError(400, 'an address begins with a slash');
    if (await gate.answer(request, response, path, query)) return;
    if (path === '/api' || path.startsWith('/api/')) {
      await answerApi(request, response, path, query, { backend, hosts });
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new RequestError(405, 'this address takes GET, HEAD', { headers: { Allow: 'GET, HEAD' } });
    }
    await files(request, response, path);
  } catch (error) {
    await refuse(request, response, path, error, tools);
  }
}

async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  error: unknown,
  { log }: Answering,
): Promise<void> {
  // Who went away in the middle of an answer is no fault of ours.
  if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
  const { status, body, headers } = failureOf(error, log);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  try {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (path.startsWith('/api')) await sendJson(request, response, status, body);
    else {
      const content = `${body.error}\n${body.hint === null ? '' : `${body.hint}\n`}`;
      await send(request, response, status, { type: 'text/plain; charset=utf-8', content });
    }
  } catch {
    response.destroy();
  }
}
