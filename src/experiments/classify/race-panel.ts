import { counted } from '../../errors.js';
import type { ClassifierId } from '../../ml/classifiers/registry.js';
import type { GridSearchResult } from '../../ml/model-selection/grid-search.js';
import type { PanelOf } from '../../schema/result-document.js';
import type { Params, ParamValue } from '../../ml/params.js';
import type { Candidate } from './race-candidates.js';
import type { RaceResult, Runner } from './race.js';
import type { ClassifySettings } from './settings.js';

/** Every candidate of a race, how far it came and how it did. */
export function racePanel({ runners, won }: RaceResult, settings: ClassifySettings): PanelOf<'race'> {
  const entries = runners.map((runner, i) => {
    const { candidate, standing, reason, search } = runner;
    const best = search?.points[search.best];
    return {
      model: candidate.model,
      standing,
      reason,
      tried: search?.points.length ?? 0,
      points: candidate.points.length,
      params: best ? tunedOf(candidate, best.params) : null,
      mean: best?.mean ?? null,
      std: best?.std ?? null,
      folds: best ? [...best.folds] : [],
      won: i === won,
      even: i !== won && isEven(runners[won].search, search),
    };
  });
  const data = { objective: settings.objective, timeLimit: settings.timeLimit ?? null, runners: entries };
  return { kind: 'race', id: 'race', title: 'Race of the models', data };
}

/** Those parameters of a point that the grid has several values of. */
function tunedOf({ points }: Candidate, params: Params): Record<string, ParamValue> {
  const isTuned = ([name, value]: [string, ParamValue]): boolean => points.some((point) => point[name] !== value);
  return Object.fromEntries(Object.entries(params).filter(isTuned));
}

/**
 * What must be known of a race before its winner is believed.
 * @param winnersOfRounds who won the races inside the rounds of the validation
 */
export function raceWarnings({ runners, won }: RaceResult, winnersOfRounds: readonly ClassifierId[]): string[] {
  const winner = runners[won];
  const even = runners.filter((runner) => runner !== winner && isEven(winner.search, runner.search));
  const unfinished = runners.filter(({ standing }) => standing === 'stopped' || standing === 'not-begun');
  const partly = runners.filter(({ standing }) => standing === 'defaults');
  const names = (some: readonly Runner[]): string => some.map(({ candidate }) => candidate.model).join(', ');
  const others = winnersOfRounds.filter((model) => model !== winner.candidate.model);
  return [
    others.length > 0 &&
      `the figures are of races, not of one model: ${counted(others.length, 'round')} of ${winnersOfRounds.length} had another winner (${[...new Set(others)].join(', ')})`,
    even.length > 0 &&
      `${winner.candidate.model} won the race, but is not told apart from ${names(even)}: the difference over the folds is within its standard error`,
    unfinished.length > 0 && `the time was up before these models of the race were judged: ${names(unfinished)}`,
    partly.length > 0 && `the time was up before these models of the race were tuned: ${names(partly)}`,
  ].filter((sentence) => sentence !== false);
}

/** Is the mean difference over the folds at most its standard error? */
function isEven(winner: GridSearchResult | null, other: GridSearchResult | null): boolean {
  if (!winner || !other) return false;
  const theirs = other.points[other.best].folds;
  const differences = winner.points[winner.best].folds.flatMap((value, fold) => {
    const their = theirs[fold];
    return value === null || their === null ? [] : [value - their];
  });
  const k = differences.length;
  if (k < 2) return false;
  const mean = differences.reduce((sum, value) => sum + value, 0) / k;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (k - 1);
  return mean <= Math.sqrt(variance / k);
}
