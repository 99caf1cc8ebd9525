import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../io/files/make-folder.js';
import { syncFolder } from '../io/results/file-writer.js';
import { loopsFolder } from './layout.js';
import type { LoopPlace } from './loop-store.js';

/**
 * Moves the log of a removed loop to `aside`, where its answers go too, or deletes it if that is absent; false where
 * there was none.
 */
export async function removeLoopLog(
  outputDir: string,
  { project, dataset, id }: LoopPlace,
  aside: string | undefined,
): Promise<boolean> {
  const folder = join(outputDir, project, dataset, loopsFolder);
  const files = await readdir(folder).catch(() => []);
  const own = files.filter((name) => name.startsWith(`${id}.`));
  const log = own.find((name) => name.endsWith('.jsonl'));
  if (log !== undefined && aside !== undefined) {
    const target = join(aside, project, dataset, loopsFolder);
    await makeFolder(target);
    await rename(join(folder, log), join(target, log));
    await syncFolder(target);
  }
  for (const name of own) await rm(join(folder, name), { force: true });
  const rest = await readdir(folder).catch(() => []);
  // The lock alone holds nothing.
  if (files.length > 0 && rest.every((name) => name.startsWith('.')))
    await rm(folder, { recursive: true, force: true });
  return log !== undefined && aside !== undefined;
}
