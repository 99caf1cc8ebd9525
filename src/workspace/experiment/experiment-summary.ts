import type { ExperimentSummary } from '../../schema/api/experiments.js';
import { pickLeadingFigures } from '../../schema/leading-figures.js';
import type { ExperimentRecord } from './experiment-record.js';

/** An experiment as pages list it. `figures` are those of its headline, by name. */
export function experimentSummary(
  record: ExperimentRecord,
  figures: ReadonlyMap<string, number | null> | undefined,
): ExperimentSummary {
  const { id, kind, project, dataset, name, status: state, started, finished, seconds, warnings, error } = record;
  return {
    id,
    kind,
    project,
    dataset,
    name,
    state,
    started,
    finished,
    seconds,
    warnings,
    error,
    figures: pickLeadingFigures(kind, figures),
  };
}
