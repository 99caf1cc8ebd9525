import type { PanelData } from '../../../src/schema/panels/registry.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { Select } from '../components/select.js';
import { formatCount } from '../text/numbers.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import { DependenceChart, dependenceText } from './dependence-chart.js';
import type { PageStore } from './page-store.js';

export interface DependencePanelProps {
  readonly store: PageStore;
  readonly dependence: PanelData<'partial-dependence'>;
}

/** How the value of the model depends on single features: one at a time. */
export function DependencePanel({ store, dependence }: DependencePanelProps) {
  const { features, rows, rowsInAll, chosenBy } = dependence;
  const asked = store.state.value.varied;
  const varied = features.find(({ column }) => column === asked) ?? features[0];
  if (varied === undefined) return null;
  const which =
    chosenBy === 'importance'
      ? `the ${formatCount(features.length)} features that count most`
      : 'the features asked for';
  return (
    <Panel
      title="Partial dependence"
      note={
        <>
          {which}; {formatCount(rows)} of {formatCount(rowsInAll)} training rows with one feature set to other values,
          the rest as it is; <DataText text={varied.name} max={40} />: {dependenceText(varied)}
        </>
      }
      actions={
        <Select
          bare
          label="Feature that varies"
          value={String(varied.column)}
          choices={features.map(({ name, column }) => ({
            value: String(column),
            title: shortenMiddle(visibleText(name), 60),
          }))}
          onChange={(column) => store.change({ varied: Number(column) })}
        />
      }
    >
      <DependenceChart store={store} dependence={dependence} varied={varied} height={300} />
    </Panel>
  );
}
