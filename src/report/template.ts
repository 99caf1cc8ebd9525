import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.js';

/** Beside the bundled program, or in the build of a checkout that runs from source. */
const places = ['./report/index.html', '../../dist/report/index.html'];

/** The built page that a payload is put into; throws UserError where the program was built without it. */
export async function readTemplate(): Promise<string> {
  for (const place of places) {
    const page = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => undefined);
    if (page !== undefined) return page;
  }
  throw new UserError('this build of secuml has no pages', { hint: 'build it with: npm run build' });
}
