import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { ExperimentPage } from '../../../src/schema/api/experiments.js';
import type { ResultDocument } from '../../../src/schema/result-document.js';
import { useSource } from '../app/context.js';
import { PanelGrid } from '../components/panel.js';
import { useLoaded } from '../components/use-loaded.js';
import { HeadlinePanel } from './headline-panel.js';
import { PanelsPanel } from './panels-panel.js';
import { FilesPanel, ReproducePanel, TimingsPanel } from './run-panels.js';
import { HyperParametersPanel, SettingsPanel } from './settings-panel.js';

interface DetailsProps {
  readonly page: ExperimentPage;
  readonly document: ResultDocument;
}

/** How an experiment was made: settings, chosen hyper-parameters, timings, files, the command that makes it again. */
export function Details({ page, document }: DetailsProps) {
  const source = useSource();
  const { id } = page.summary;
  const search = document.panels.find(({ kind }) => kind === 'grid-search');
  const grid = useLoaded<PanelData<'grid-search'> | null>(
    async () => (search === undefined ? null : ((await source.panel(id, search)) as PanelData<'grid-search'>)),
    [id],
  );
  return (
    <PanelGrid>
      <ReproducePanel document={document} />
      <SettingsPanel document={document} />
      <HyperParametersPanel document={document} grid={grid.state === 'there' ? grid.value : null} />
      <TimingsPanel document={document} />
      <HeadlinePanel document={document} />
      <PanelsPanel id={id} document={document} />
      {page.directory !== '' && <FilesPanel document={document} directory={page.directory} />}
    </PanelGrid>
  );
}
