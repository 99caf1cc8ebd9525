import type * as z from 'zod';
import { RequestError } from './failure.js';

/** The query of a URL by a schema; throws RequestError (400) naming the first fault. A name given twice is a fault. */
export function readQuery<S extends z.ZodType>(schema: S, query: URLSearchParams): z.output<S> {
  const given: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of query) {
    if (name in given) throw new RequestError(400, `"${name}" is given twice`);
    given[name] = value;
  }
  return checked(schema, { ...given }, 'query');
}

/** A value by a schema; throws RequestError (400) naming the first fault. */
export function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new RequestError(400, `${what}: ${place}${issue.message}`);
}
