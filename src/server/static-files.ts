import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { send } from './http/reply.js';

/** Serves the viewer's built files. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

/** Files under this path carry their hash in their name. */
const hashedFolder = '/assets/';

/**
 * The built viewer of a folder. Any other address than a file's is a page of the viewer, which reads it itself. Files
 * are looked up at each request: building them anew needs no restart.
 */
export function staticFiles(folder: string): StaticFiles {
  const serve = sirv(folder, {
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders: (response, path) => {
      if (path.startsWith(hashedFolder)) response.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
    },
  });
  return async (request, response, path) => {
    if (!existsSync(join(folder, 'index.html'))) return notBuilt(request, response);
    if (isHidden(path)) return notFound(request, response);
    // sirv answers ranges of which it checks little; the files are small.
    delete request.headers.range;
    // A file that vanishes between being found and being read must not end the program.
    response.once('pipe', (source) => source.on('error', () => response.destroy()));
    serve(request, response, () => {
      // Files are asked for by other pages and browsers: /favicon.ico, /robots.txt.
      if (path.startsWith(hashedFolder) || /^\/[^/]*\.\w{2,5}$/.test(path)) return notFound(request, response);
      request.url = '/';
      serve(request, response, () => notFound(request, response));
    });
  };
}

/** A path that leads out of the folder or to a hidden file, however it is written. */
function isHidden(path: string): boolean {
  try {
    return /(^|[/\\])\.|\0|\\/.test(decodeURIComponent(path));
  } catch {
    return true;
  }
}

async function notFound(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await send(request, response, 404, { type: 'text/plain; charset=utf-8', content: 'there is no such file\n' });
}

async function notBuilt(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const content = 'The viewer was not built with this program: npm run build. The API answers all the same.\n';
  await send(request, response, 503, { type: 'text/plain; charset=utf-8', content });
}
