import type { LabelledInstance } from '../../../src/schema/api/labels.js';
import { CopyField } from '../components/copy-field.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { SearchField } from '../components/search-field.js';
import { Select } from '../components/select.js';
import { VirtualTable } from '../components/virtual-table.js';
import { classifyCommand, shellWord } from '../home/classify-command.js';
import { formatCount } from '../text/numbers.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import { LabelledDrawer } from './labelled-drawer.js';
import { labelledColumns } from './labelled-columns.js';
import { everyLabel, filterOf, type LabelsState } from './labels-state.js';
import type { LabelsStore } from './labels-store.js';

/** Every instance that has a label, narrowed by label, family, person and text; one opens beside the list. */
export function InstancesView({ store }: { readonly store: LabelsStore }) {
  const { source, name, page, state, change } = store;
  const filter = filterOf(state);
  const { sort, direction } = state;
  return (
    <>
      <Panel title="Answers that hold now" flush>
        <Filters store={store} />
        <VirtualTable<LabelledInstance>
          label="labelled instances"
          columns={labelledColumns}
          load={(offset, limit) => source.labelledInstances(name, { ...filter, sort, direction, offset, limit })}
          question={JSON.stringify([name, filter, sort, direction, page.events])}
          rowKey={({ instanceId }) => instanceId}
          sort={{ key: sort, direction }}
          onSort={({ key, direction: to }) => change({ sort: key as LabelsState['sort'], direction: to })}
          onOpen={({ instanceId }) => change({ instance: instanceId }, 'push')}
          openKey={state.instance}
          maxRows={20}
          empty={
            <Notice kind="empty" title="No labelled instance fits">
              <button type="button" onClick={() => change({ ...everyLabel, set: state.set })}>
                Show all {formatCount(page.labels)}
              </button>
            </Notice>
          }
        />
      </Panel>
      <Panel
        title="Train on these labels"
        note="Instances without a label are scored; where the truth is known, it only judges."
      >
        <CopyField
          label="Command"
          text={`${classifyCommand(name.project, name.dataset)} --labels ${shellWord(`set:${name.set}`)}`}
        />
      </Panel>
      {state.instance !== null && <LabelledDrawer store={store} instanceId={state.instance} />}
    </>
  );
}

/** Marks the choice that is about families, which may bear any name. */
const everyFamily = 'every';
const noFamily = 'none';

function Filters({ store }: { readonly store: LabelsStore }) {
  const { page, state, change } = store;
  const short = (text: string): string => shortenMiddle(visibleText(text), 40);
  const names = [...new Set(page.families.flatMap(({ family }) => family ?? []))].sort();
  const withoutFamily = page.families.some(({ family }) => family === null);
  const family = state.unnamed ? noFamily : state.family === null ? everyFamily : `=${state.family}`;
  return (
    <div class="filters">
      <SearchField label="Search idents, ids, families" value={state.text} onChange={(text) => change({ text })} />
      <Select<'' | 'malicious' | 'benign'>
        label="Label"
        value={state.label ?? ''}
        choices={[
          { value: '', title: 'both' },
          { value: 'malicious', title: 'malicious' },
          { value: 'benign', title: 'benign' },
        ]}
        onChange={(label) => change({ label: label === '' ? null : label })}
      />
      <Select
        label="Family"
        value={family}
        choices={[
          { value: everyFamily, title: 'every' },
          ...(withoutFamily ? [{ value: noFamily, title: '(no family)' }] : []),
          ...[...new Set([...names, ...(state.family === null ? [] : [state.family])])].map((one) => ({
            value: `=${one}`,
            title: short(one),
          })),
        ]}
        onChange={(value) =>
          change({ family: value.startsWith('=') ? value.slice(1) : null, unnamed: value === noFamily })
        }
      />
      {(page.authors.length > 1 || state.author !== null) && (
        <Select
          label="By"
          value={state.author === null ? everyFamily : `=${state.author}`}
          choices={[
            { value: everyFamily, title: 'everybody' },
            ...page.authors.map(({ author, instances }) => ({
              value: `=${author ?? ''}`,
              title: `${author === null ? 'unnamed' : short(author)} (${formatCount(instances)})`,
            })),
          ]}
          onChange={(value) => change({ author: value.startsWith('=') ? value.slice(1) : null })}
        />
      )}
    </div>
  );
}
