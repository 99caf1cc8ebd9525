import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../../viewer/src');

/** Ways by which a string becomes markup or code. */
const dangerous =
  /\.(?:inner|outer)HTML\b|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|DOMParser|createContextualFragment|setHTMLUnsafe|\beval\(|new Function\(|\bsrcdoc\b/i;

it('no page makes markup or code out of a string', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(50);
  const found = files.filter((file) => dangerous.test(readFileSync(join(folder, file), 'utf8')));
  expect(found).toEqual([]);
});
