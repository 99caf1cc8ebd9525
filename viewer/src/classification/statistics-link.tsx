import type { ExperimentSummary } from '../../../src/schema/api/experiments.js';
import { Link } from '../app/link.js';
import { experimentPath } from '../app/routes.js';
import { CopyField } from '../components/copy-field.js';
import { useLoaded } from '../components/use-loaded.js';
import type { Source } from '../source/source.js';
import { shellWord } from '../home/classify-command.js';

export interface StatisticsLinkProps {
  readonly source: Source;
  /** The experiment whose feature it is. */
  readonly id: string;
  readonly feature: string;
}

/** Where the feature is described in full: in the latest statistics of the dataset, or how to have them. */
export function StatisticsLink({ source, id, feature }: StatisticsLinkProps) {
  const loaded = useLoaded(async () => (source.live ? (await source.home()).experiments : []), [source]);
  const all = loaded.state === 'there' ? loaded.value : [];
  const own = all.find((experiment) => experiment.id === id);
  if (own === undefined) return null;
  const statistics = all.findLast((experiment) => describes(experiment, own));
  if (statistics !== undefined) {
    const query = new URLSearchParams({ 'feature-named': feature });
    return (
      <p>
        <Link to={`${experimentPath(statistics.id)}?${query}`}>Scores, percentiles and what it is correlated with</Link>
      </p>
    );
  }
  const words = `${shellWord(own.project)} ${shellWord(own.dataset)}`;
  return (
    <>
      <p>How well it tells the labels apart, its percentiles and what it is correlated with:</p>
      <CopyField label="Command" text={`secuml stats ${words}`} />
    </>
  );
}

const describes = (experiment: ExperimentSummary, own: ExperimentSummary): boolean =>
  experiment.kind === 'stats' &&
  experiment.state === 'done' &&
  experiment.project === own.project &&
  experiment.dataset === own.dataset;
