import type * as z from 'zod';
import type { Backend } from '../backend.js';
import { checked, readQuery } from '../http/query.js';

/** The names of the `:parts` of a pattern. */
type ParamNames<P extends string> = P extends `${string}:${infer N}/${infer Rest}`
  ? N | ParamNames<`/${Rest}`>
  : P extends `${string}:${infer N}`
    ? N
    : never;

/** What a route answers with. */
export type Answer =
  | { readonly json: unknown }
  /** JSON in UTF-8, as `callJson` of a thread gives it: what may be large. */
  | { readonly jsonBytes: Uint8Array }
  /** A page of its own for a sandboxed frame. */
  | { readonly frame: string }
  /** A file to keep, in pieces as they are made. */
  | {
      readonly download: {
        readonly name: string;
        readonly type: string;
        readonly pieces: AsyncIterable<Uint8Array>;
      };
    };

/** One way into the API, as data. */
export interface RouteDefinition<P extends string, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  /** `/api/experiments/:id`; a part matches one segment, decoded, whatever it holds. */
  readonly pattern: P;
  /** The query string; absent: none is read. */
  readonly query?: Q;
  /** The JSON of a POST. */
  readonly body?: B;
  handle(
    input: {
      readonly params: Readonly<Record<ParamNames<P>, string>>;
      readonly query: z.output<Q>;
      readonly body: z.output<B>;
    },
    backend: Backend,
  ): Promise<Answer>;
}

/** A route whose types are checked inside and forgotten outside. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly segments: readonly string[];
  run(
    params: Readonly<Record<string, string>>,
    query: URLSearchParams,
    body: () => Promise<unknown>,
    backend: Backend,
  ): Promise<Answer>;
}

/** Declares a route. */
export function defineRoute<const P extends string, Q extends z.ZodType, B extends z.ZodType>(
  definition: RouteDefinition<P, Q, B>,
): Route {
  const { method, pattern, query, body } = definition;
  return {
    method,
    segments: pattern.split('/').slice(1),
    run: async (params, given, readGiven, backend) =>
      definition.handle(
        {
          params: params as Record<ParamNames<P>, string>,
          query: (query ? readQuery(query, given) : undefined) as z.output<Q>,
          body: (body ? checked(body, await readGiven(), 'body') : undefined) as z.output<B>,
        },
        backend,
      ),
  };
}

/** The parts of `path` (decoded segments) where it is what a route stands for. */
export function matchRoute(route: Route, path: readonly string[]): Record<string, string> | undefined {
  if (path.length !== route.segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [k, segment] of route.segments.entries()) {
    if (segment.startsWith(':')) params[segment.slice(1)] = path[k];
    else if (segment !== path[k]) return undefined;
  }
  return params;
}
