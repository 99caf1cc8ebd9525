import type { ExperimentSummary } from '../../../src/schema/api/experiments.js';
import { splitHeadlineName } from '../text/headline-names.js';
import type { HomeState } from './home-state.js';

/** The value of a figure (`rocAuc`) of an experiment, whatever part it was judged on. */
export const figureOf = ({ figures }: ExperimentSummary, figure: string): number | null =>
  figures.find(({ name }) => splitHeadlineName(name).figure === figure)?.value ?? null;

/** The part that an experiment's first figure is about. */
export const judgedOn = ({ figures }: ExperimentSummary): string | null =>
  figures[0] === undefined ? null : splitHeadlineName(figures[0].name).part;

/** Whether a figure of one would mean nothing for another: they are of several kinds. */
export const areMixed = (experiments: readonly ExperimentSummary[]): boolean =>
  new Set(experiments.map(({ kind }) => kind)).size > 1;

/** Names of the figures that the most experiments have, at most `most`. */
export function sharedFigures(experiments: readonly ExperimentSummary[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { figures } of experiments) {
    for (const { name } of figures) {
      const { figure } = splitHeadlineName(name);
      counts.set(figure, (counts.get(figure) ?? 0) + 1);
    }
  }
  // The sort is stable: of equally common ones, the more telling stays first.
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
  return byCount.slice(0, most).map(([figure]) => figure);
}

/** The experiments that a state asks for, in its order. */
export function listExperiments(experiments: readonly ExperimentSummary[], state: HomeState): ExperimentSummary[] {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = experiments.filter(
    (experiment) =>
      (state.project === null || experiment.project === state.project) &&
      (state.dataset === null || experiment.dataset === state.dataset) &&
      (state.kind === null || experiment.kind === state.kind) &&
      (state.state === null || experiment.state === state.state) &&
      words.every((word) => searchText(experiment).includes(word)),
  );
  const sign = state.direction === 'ascending' ? 1 : -1;
  return found.toSorted((a, b) => {
    const [x, y] = [sortValue(a, state.sort), sortValue(b, state.sort)];
    // What has no value comes last in either direction.
    if (x === null || y === null) return x === y ? compare(b.started, a.started) : x === null ? 1 : -1;
    return sign * compare(x, y) || compare(b.started, a.started);
  });
}

const searchText = ({ id, name, project, dataset, kind, state }: ExperimentSummary): string =>
  [id, name ?? '', project, dataset, kind, state].join('\n').toLowerCase();

function sortValue(experiment: ExperimentSummary, column: string): string | number | null {
  switch (column) {
    case 'started':
      return experiment.started;
    case 'name':
      return experiment.name?.toLowerCase() ?? null;
    case 'dataset':
      return `${experiment.project}\n${experiment.dataset}`.toLowerCase();
    case 'kind':
      return experiment.kind;
    case 'seconds':
      return experiment.seconds;
    case 'warnings':
      return experiment.warnings;
    default:
      return figureOf(experiment, column);
  }
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a < b ? -1 : a > b ? 1 : 0;
}
