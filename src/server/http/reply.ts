import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Bodies smaller than this are sent as they are. */
const worthCompressing = 1024;

/** A body and what it is. */
export interface Body {
  readonly type: string;
  readonly content: string | Uint8Array;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a whole answer, compressed where the browser takes it; without a body for HEAD. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: Body,
): Promise<void> {
  let content = typeof body.content === 'string' ? Buffer.from(body.content) : body.content;
  response.setHeader('Content-Type', body.type);
  for (const [name, value] of Object.entries(body.headers ?? {})) response.setHeader(name, value);
  if (content.length >= worthCompressing) {
    response.setHeader('Vary', 'Accept-Encoding');
    const encoding = acceptedEncoding(request);
    if (encoding) {
      content = await compressors[encoding](content);
      response.setHeader('Content-Encoding', encoding);
    }
  }
  response.setHeader('Content-Length', content.length);
  response.writeHead(status);
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** Sends JSON of the API, which no cache keeps: it may hold anything of the data. */
export async function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
): Promise<void> {
  await sendJsonText(request, response, status, JSON.stringify(value));
}

/** The same for JSON that is written out already. */
export async function sendJsonText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  content: string | Uint8Array,
): Promise<void> {
  const headers = { 'Cache-Control': 'no-store' };
  await send(request, response, status, { type: 'application/json', content, headers });
}

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

// Levels at which compressing takes a few milliseconds a megabyte: it runs in a thread of its own.
const compressors = {
  br: (content: Uint8Array): Promise<Buffer> =>
    brotli(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
  gzip: (content: Uint8Array): Promise<Buffer> => deflate(content, { level: 5 }),
};

function acceptedEncoding(request: IncomingMessage): keyof typeof compressors | undefined {
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding));
}
