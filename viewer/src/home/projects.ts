import type { Home } from '../../../src/schema/api/experiments.js';

interface ProjectEntry {
  readonly project: string;
  readonly count: number;
  readonly datasets: readonly { readonly dataset: string; readonly count: number }[];
}

/** Datasets of the input folder and those that only results are left of, by project. */
export function projectsOf({ datasets, experiments }: Home): ProjectEntry[] {
  const projects = new Map<string, Map<string, number>>();
  const add = (project: string, dataset: string, count: number): void => {
    const counts = projects.get(project) ?? new Map<string, number>();
    projects.set(project, counts.set(dataset, (counts.get(dataset) ?? 0) + count));
  };
  for (const { project, dataset } of datasets) add(project, dataset, 0);
  for (const { project, dataset } of experiments) add(project, dataset, 1);
  const byName = (a: readonly [string, unknown], b: readonly [string, unknown]): number => (a[0] < b[0] ? -1 : 1);
  return [...projects].toSorted(byName).map(([project, counts]) => ({
    project,
    count: [...counts.values()].reduce((sum, count) => sum + count, 0),
    datasets: [...counts].toSorted(byName).map(([dataset, count]) => ({ dataset, count })),
  }));
}
