import { useSource } from '../app/context.js';
import { Link } from '../app/link.js';
import { iterationPath, loopPath } from '../app/routes.js';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { ClassificationPage } from '../classification/classification-page.js';
import { LoadedView } from '../components/loading.js';
import { PanelGrid } from '../components/panel.js';
import { useLoaded } from '../components/use-loaded.js';
import type { ResultsProps } from '../experiment/results-props.js';
import { HistoryPanels } from './history-panels.js';
import './labelling.css';

/** What a labelling loop came to: its history, then its last model as any classification. */
export function LoopResultPage({ id, document }: ResultsProps) {
  const source = useSource();
  const panel = document.panels.find(({ kind }) => kind === 'history');
  const loaded = useLoaded<PanelData<'history'> | null>(
    async () => (panel === undefined ? null : ((await source.panel(id, panel)) as PanelData<'history'>)),
    [id, panel],
  );
  return (
    <>
      {source.live && (
        <p class="loop-result-actions">
          <Link to={loopPath(id)} class="button">
            Label: go on with this loop
          </Link>
          {document.headline.iterations ? (
            <Link to={iterationPath(id, document.headline.iterations)} class="button">
              Models and queries by iteration
            </Link>
          ) : null}
        </p>
      )}
      <LoadedView of={loaded} what="the history" lines={8}>
        {(history) =>
          history && (
            <PanelGrid>
              <HistoryPanels iterations={history.iterations} loop={source.live ? id : undefined} />
            </PanelGrid>
          )
        }
      </LoadedView>
      <ClassificationPage id={id} document={document} />
    </>
  );
}
