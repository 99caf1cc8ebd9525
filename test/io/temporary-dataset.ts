import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DatasetRequest } from '../../src/workspace/dataset/open-dataset.js';

/** A folder of its own, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'secuml-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files into dataset P/D of a temporary input folder and returns the request for it. */
export function temporaryDataset(
  files: Readonly<Record<string, string | Uint8Array>>,
): DatasetRequest & { folder: string } {
  const inputDir = temporaryFolder();
  const folder = join(inputDir, 'P', 'D');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return { inputDir, project: 'P', dataset: 'D', seed: 0, folder };
}
