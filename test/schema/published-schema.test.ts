import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { resultJsonSchema } from '../../src/schema/result-document.js';

it('docs/result.schema.json is the schema of the result document (secuml show --schema)', () => {
  const published = readFileSync(resolve(import.meta.dirname, '../../docs/result.schema.json'), 'utf8');
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(resultJsonSchema())));
});
