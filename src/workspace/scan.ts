import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { experimentFolder, removedFolder } from './layout.js';
import { listLabelSets } from './labels/label-reader.js';
import type { LabelSetName } from '../db/queries/labels.js';

/** A folder of an experiment in the output directory. */
export interface FoundExperiment {
  readonly project: string;
  readonly dataset: string;
  readonly id: string;
  readonly state: 'finished' | 'unfinished' | 'doomed';
  readonly directory: string;
}

/** What the output directory holds of one dataset. */
export interface FoundDataset {
  readonly project: string;
  readonly dataset: string;
  readonly experiments: readonly FoundExperiment[];
  readonly labelSets: readonly LabelSetName[];
}

/** Looks through the output directory, or one project or dataset of it, in the order of names. */
export async function scanResults(
  outputDir: string,
  filter: { readonly project?: string; readonly dataset?: string } = {},
): Promise<FoundDataset[]> {
  const found: FoundDataset[] = [];
  for (const project of await folders(outputDir)) {
    if (project === removedFolder || (filter.project !== undefined && project !== filter.project)) continue;
    for (const dataset of await folders(join(outputDir, project))) {
      if (filter.dataset !== undefined && dataset !== filter.dataset) continue;
      found.push(await scanDataset(outputDir, project, dataset));
    }
  }
  return found;
}

async function scanDataset(outputDir: string, project: string, dataset: string): Promise<FoundDataset> {
  const parent = join(outputDir, project, dataset);
  const experiments: FoundExperiment[] = [];
  for (const entry of (await readdir(parent, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const known = entry.isDirectory() ? experimentFolder(entry.name) : undefined;
    if (known) experiments.push({ project, dataset, ...known, directory: join(parent, entry.name) });
  }
  const sets = await listLabelSets(outputDir, project, dataset);
  return { project, dataset, experiments, labelSets: sets.map((set) => ({ project, dataset, set })) };
}

/** Visible folders, links to folders included; none where there is no such place. */
async function folders(path: string): Promise<string[]> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw error;
  });
  const visible = names.filter((name) => !name.startsWith('.')).sort();
  const kinds = await Promise.all(visible.map((name) => stat(join(path, name)).catch(() => undefined)));
  return visible.filter((_, k) => kinds[k]?.isDirectory());
}
