import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file to keep: its name, as the browser proposes it, and its pieces as they are made. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Sends a file piece by piece, no faster than it is taken; who goes away stops its making. What fails on the way cuts
 * the connection, so that nobody takes the half for the whole.
 */
export async function sendDownload(
  request: IncomingMessage,
  response: ServerResponse,
  { name, type, pieces }: Download,
): Promise<void> {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_');
  response.writeHead(200, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    // Names are data: the first form holds none of it but plain letters, the second is encoded.
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeName(name)}`,
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(Readable.from(pieces, { objectMode: false }), response);
}

/** RFC 5987; half a surrogate pair, which cannot be encoded, becomes `_`. */
function encodeName(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '_')).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
