import { useSignal } from '@preact/signals';
import type { LabelledInstance } from '../../../src/schema/api/labels.js';
import { messageOf } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { SearchField } from '../components/search-field.js';
import { VirtualTable } from '../components/virtual-table.js';
import { formatCount } from '../text/numbers.js';
import { FamilyNameField } from './family-name-field.js';
import { memberColumns } from './labelled-columns.js';
import type { LabelsStore } from './labels-store.js';
import type { Operations } from './use-operation.js';

/** A request holds no more; a longer list is split off by `secuml family split --ids-file`. */
const mostChosen = 1000;

export interface FamilyMembersProps {
  readonly store: LabelsStore;
  readonly family: LabelsStore['page']['families'][number];
  readonly operations: Operations;
}

/** The instances of a family; those chosen leave it for another. */
export function FamilyMembers({ store, family: { label, family }, operations }: FamilyMembersProps) {
  const { source, name, page } = store;
  const text = useSignal('');
  const to = useSignal('');
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const filter = {
    label,
    ...(family === null ? { unnamed: true } : { family }),
    ...(text.value === '' ? {} : { text: text.value }),
  };
  const order = { sort: 'ident', direction: 'ascending' } as const;
  const toggle = (id: string): void => {
    const next = new Set(chosen.peek());
    if (!next.delete(id) && next.size < mostChosen) next.add(id);
    chosen.value = next;
  };
  const chooseShown = async (): Promise<void> => {
    try {
      const { rows } = await source.labelledInstances(name, { ...filter, ...order, limit: mostChosen });
      const ids = [...chosen.peek(), ...rows.map(({ instanceId }) => instanceId)];
      chosen.value = new Set([...new Set(ids)].slice(0, mostChosen));
    } catch (error) {
      operations.told.value = { kind: 'error', text: messageOf(error) };
    }
  };
  const leaving = chosen.value.size;
  const target = to.value.trim();
  return (
    <Panel
      title="Split"
      note="Choose the instances that leave the family (Space), and name the one they become or join."
      flush
    >
      <div class="filters">
        <SearchField label="Search its instances" value={text.value} onChange={(next) => (text.value = next)} />
        <button type="button" onClick={() => void chooseShown()}>
          Choose all found
        </button>
        {leaving > 0 && (
          <button type="button" class="quiet" onClick={() => (chosen.value = new Set())}>
            Choose none
          </button>
        )}
      </div>
      <VirtualTable<LabelledInstance>
        label="instances of the family"
        columns={memberColumns(chosen.value, toggle)}
        load={(offset, limit) => source.labelledInstances(name, { ...filter, ...order, offset, limit })}
        question={JSON.stringify([filter, page.events])}
        rowKey={({ instanceId }) => instanceId}
        onMark={({ instanceId }) => toggle(instanceId)}
        onOpen={({ instanceId }) => toggle(instanceId)}
        maxRows={8}
      />
      <form
        class="family-operation split"
        onSubmit={(event) => {
          event.preventDefault();
          if (leaving === 0 || target === '') return;
          operations.ask(
            { operation: 'split', from: { label, family }, instances: [...chosen.peek()], to: target },
            () => {
              chosen.value = new Set();
              to.value = '';
            },
          );
        }}
      >
        <FamilyNameField
          class="split-name"
          label="They become"
          value={to}
          families={page.families.filter((other) => other.label === label && other.family !== family)}
        />
        <button type="submit" class="strong" disabled={leaving === 0 || target === '' || operations.busy.value}>
          {leaving === 0 ? 'Split off' : `Split off ${formatCount(leaving)}`}
        </button>
        {leaving === mostChosen && <span class="muted">At most {formatCount(mostChosen)} at once.</span>}
      </form>
    </Panel>
  );
}
