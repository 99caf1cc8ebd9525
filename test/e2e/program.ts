import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export * from './run-program.js';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder for a test, gone when the tests of its file are done. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'secuml-e2e-'));
  folders.push(folder);
  return folder;
}
