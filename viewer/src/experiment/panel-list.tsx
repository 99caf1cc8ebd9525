import { Panel, PanelGrid } from '../components/panel.js';
import type { ResultsProps } from './results-props.js';

/** Every panel of a document by name. */
export function PanelList({ document }: ResultsProps) {
  return (
    <PanelGrid>
      {document.panels.map((panel) => (
        <Panel key={panel.id} title={panel.title} span={6}>
          {panel.part}
        </Panel>
      ))}
    </PanelGrid>
  );
}
