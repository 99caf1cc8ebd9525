import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend } from '../backend.js';
import { RequestError } from '../http/failure.js';
import type { OwnHosts } from '../http/own-hosts.js';
import { checkSameOrigin, readJson, refuseForeignPage } from '../http/read-body.js';
import { send, sendJson, sendJsonText } from '../http/reply.js';
import { viewPolicy } from '../http/security-headers.js';
import { sendDownload } from '../http/send-download.js';
import { routes } from './registry.js';
import { type Answer, matchRoute } from './route.js';

/** Answers a request under /api/; throws RequestError for what no route stands for. */
export async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
  { backend, hosts }: { readonly backend: Backend; readonly hosts: OwnHosts },
): Promise<void> {
  refuseForeignPage(request);
  const segments = decodeSegments(path);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const matching = routes.flatMap((route) => {
    const params = matchRoute(route, segments);
    return params ? [{ route, params }] : [];
  });
  if (matching.length === 0) throw new RequestError(404, 'there is nothing at this address');
  const chosen = matching.find(({ route }) => route.method === method);
  if (!chosen) {
    const allowed = matching.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]));
    throw new RequestError(405, `this address takes ${allowed.join(', ')}`, { headers: { Allow: allowed.join(', ') } });
  }
  if (method === 'POST') checkSameOrigin(request, hosts);
  const { route, params } = chosen;
  const answer = await route.run(params, new URLSearchParams(query), () => readJson(request), backend);
  await sendAnswer(request, response, answer);
}

async function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  if ('json' in answer) return sendJson(request, response, 200, answer.json);
  if ('jsonBytes' in answer) return sendJsonText(request, response, 200, answer.jsonBytes);
  if ('download' in answer) return sendDownload(request, response, answer.download);
  response.setHeader('Content-Security-Policy', viewPolicy);
  response.removeHeader('X-Frame-Options');
  const headers = { 'Cache-Control': 'no-store' };
  await send(request, response, 200, { type: 'text/html; charset=utf-8', content: answer.frame, headers });
}

/** The segments of a path, each decoded by itself: an encoded slash stays inside its segment. */
function decodeSegments(path: string): string[] {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    throw new RequestError(400, 'the address is not encoded as it should be');
  }
}
