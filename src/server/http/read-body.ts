import type { IncomingMessage } from 'node:http';
import type { OwnHosts } from './own-hosts.js';
import { RequestError } from './failure.js';

const largestBody = 64 * 1024;

/**
 * Throws RequestError (403) for a page of another site that asks for data. It could not read them, nor does a browser
 * send the cookie along; but one on another port of this host it does, and asking alone costs work and tells the time.
 */
export function refuseForeignPage({ headers }: IncomingMessage): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new RequestError(403, 'this was asked for by a page of another site');
}

/** Throws RequestError (403) unless a request that changes something was made by a page of this server. */
export function checkSameOrigin(request: IncomingMessage, hosts: OwnHosts): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const foreign = new RequestError(403, 'this request was not made by a page of this server');
  if (site !== undefined && site !== 'same-origin') throw foreign;
  if (origin === undefined ? site === undefined : !hosts.knowsOrigin(origin)) throw foreign;
}

/**
 * The body of a POST as text. Throws RequestError: 415 for another content type than `type`, 413 above 64 KiB, 400 for
 * bytes that are not UTF-8 and a body that was cut off.
 */
export async function readBody(request: IncomingMessage, type: string): Promise<string> {
  const given = request.headers['content-type']?.split(';')[0].trim().toLowerCase();
  if (given !== type) throw new RequestError(415, `expected a body of type ${type}`);
  if (Number(request.headers['content-length'] ?? 0) > largestBody) throw tooLarge();
  const body = await collect(request);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new RequestError(400, 'the body is not UTF-8');
  }
}

/** The JSON of a POST; throws RequestError. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, 'application/json');
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError(400, 'the body is no JSON');
  }
}

/** Everything that comes. Listened to rather than iterated: leaving a loop would close the connection unanswered. */
function collect(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= largestBody) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => reject(new RequestError(400, 'the body was cut off')));
    request.on('error', () => reject(new RequestError(400, 'the body was cut off')));
  });
}

function tooLarge(): RequestError {
  // What is still coming is thrown away, and the connection with it.
  return new RequestError(413, `a body has at most ${largestBody} bytes`, { headers: { Connection: 'close' } });
}
