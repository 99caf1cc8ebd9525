import type { Home } from '../../../src/schema/api/experiments.js';
import { Select } from '../components/select.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import type { HomeState } from './home-state.js';
import { projectsOf } from './projects.js';

interface DatasetSelectProps {
  readonly home: Home;
  readonly state: HomeState;
  readonly change: (changes: Partial<HomeState>) => void;
}

/** The tree of projects and datasets as one list, for a narrow screen. */
export function DatasetSelect({ home, state, change }: DatasetSelectProps) {
  const places: { project: string | null; dataset: string | null; title: string }[] = [
    { project: null, dataset: null, title: `all (${home.experiments.length})` },
  ];
  const short = (text: string): string => shortenMiddle(visibleText(text), 32);
  for (const { project, count, datasets } of projectsOf(home)) {
    places.push({ project, dataset: null, title: `${short(project)} (${count})` });
    for (const { dataset, count: own } of datasets) {
      places.push({ project, dataset, title: `${short(project)} / ${short(dataset)} (${own})` });
    }
  }
  const key = (project: string | null, dataset: string | null): string => JSON.stringify([project, dataset]);
  return (
    <div class="dataset-select">
      <Select
        label="Dataset"
        value={key(state.project, state.dataset)}
        choices={places.map(({ project, dataset, title }) => ({ value: key(project, dataset), title }))}
        onChange={(value) => {
          const [project, dataset] = JSON.parse(value) as [string | null, string | null];
          change({ project, dataset });
        }}
      />
    </div>
  );
}
