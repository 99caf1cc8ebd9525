import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The datasets of an input folder, as `project/dataset`, by their idents.csv; none where there is no such folder. */
export async function findDatasets(inputDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const project of await visibleNames(inputDir)) {
    for (const dataset of await visibleNames(join(inputDir, project))) {
      const folder = join(inputDir, project, dataset);
      if (['idents.csv', 'idents.csv.gz'].some((name) => existsSync(join(folder, name))))
        found.push(`${project}/${dataset}`);
    }
  }
  return found;
}

async function visibleNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [] as string[];
    throw error;
  });
  return names.filter((name) => !name.startsWith('.')).sort();
}
