import { useRef } from 'preact/hooks';
import type { LabelSetPage } from '../../../src/schema/api/labels.js';
import { useKeys } from '../app/keys.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { rowsAtHand } from '../components/row-pages.js';
import { SearchField } from '../components/search-field.js';
import { Segments } from '../components/select.js';
import { VirtualTable } from '../components/virtual-table.js';
import { formatCount } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { ChosenFamilies } from './chosen-families.js';
import { familyColumns } from './family-columns.js';
import { FamilyMembers } from './family-members.js';
import { everyLabel, type FamilyOrder, familyKey, type LabelsState } from './labels-state.js';
import type { LabelsStore } from './labels-store.js';
import { OperationDialog } from './operation-dialog.js';
import { OperationsPanel } from './operations-panel.js';
import { useOperation } from './use-operation.js';

export type SizedFamily = LabelSetPage['families'][number];

/** The families that a state leaves, in its order. */
export function listFamilies(
  families: readonly SizedFamily[],
  { label, text, familyOrder }: Pick<LabelsState, 'label' | 'text' | 'familyOrder'>,
): SizedFamily[] {
  const word = text.toLowerCase();
  const found = families.filter(
    (one) => (label === null || one.label === label) && (one.family ?? '').toLowerCase().includes(word),
  );
  if (familyOrder === 'size') return found.toSorted((a, b) => b.instances - a.instances);
  const name = ({ family, label: of }: SizedFamily): string => `${family ?? '\uffff'}\n${of}`;
  return found.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

/** The family editor: sizes as bars; those chosen are renamed, merged, split or swapped; everything can be undone. */
export function FamiliesView({ store }: { readonly store: LabelsStore }) {
  const { page, state, change } = store;
  const operations = useOperation(store);
  const side = useRef<HTMLDivElement>(null);
  const shown = listFamilies(page.families, state);
  const chosen = page.families.filter((one) => state.chosen.some((other) => familyKey(other) === familyKey(one)));
  const toggle = (family: SizedFamily): void => {
    const key = familyKey(family);
    const others = state.chosen.filter((other) => familyKey(other) !== key);
    const { label, family: name } = family;
    change({ chosen: others.length < state.chosen.length ? others : [...others, { label, family: name }] });
  };
  const focus = (field: string): void => side.current?.querySelector<HTMLInputElement>(`input.${field}`)?.focus();
  const undo = (): void => {
    if (page.undo === null) operations.told.value = { kind: 'information', text: 'There is nothing to undo.' };
    else operations.ask({ operation: 'undo', number: page.undo.first });
  };
  useKeys('Families', [
    { key: 'n', title: 'name: rename the family, or merge those chosen', run: () => focus('family-name') },
    { key: 'x', title: 'split: name the family of the instances that leave', run: () => focus('split-name') },
    {
      key: 's',
      title: 'swap the label of those chosen',
      run: () =>
        chosen.length > 0 &&
        operations.ask({ operation: 'swap', from: chosen.map(toFamily) }, () => change({ chosen: [] })),
    },
    { key: 'u', title: 'undo the last operation', run: undo },
    { key: 'c', title: 'choose none', run: () => change({ chosen: [] }) },
  ]);
  return (
    <>
      <div role="status" class="operation-told">
        {operations.told.value !== null && (
          <Notice kind={operations.told.value.kind}>{visibleText(operations.told.value.text)}</Notice>
        )}
      </div>
      <div class="family-editor">
        <Panel
          title="Families"
          flush
          actions={
            <button type="button" disabled={page.undo === null || operations.busy.value} onClick={undo} title="u">
              Undo
            </button>
          }
        >
          <div class="filters">
            <SearchField label="Search families" value={state.text} onChange={(text) => change({ text })} />
            <Segments<'' | 'malicious' | 'benign'>
              label="Label"
              value={state.label ?? ''}
              choices={[
                { value: '', title: 'Both' },
                { value: 'malicious', title: '▲ Malicious' },
                { value: 'benign', title: '● Benign' },
              ]}
              onChange={(label) => change({ label: label === '' ? null : label })}
            />
          </div>
          <VirtualTable<SizedFamily>
            label="families"
            columns={familyColumns(
              state.chosen,
              Math.max(1, ...page.families.map(({ instances }) => instances)),
              toggle,
            )}
            load={rowsAtHand(shown)}
            question={JSON.stringify([state.label, state.text, state.familyOrder, page.events])}
            rowKey={familyKey}
            sort={{
              key: state.familyOrder,
              direction: state.familyOrder === 'size' ? 'descending' : 'ascending',
            }}
            onSort={({ key }) => change({ familyOrder: key as FamilyOrder })}
            onMark={toggle}
            onOpen={(family) => change({ chosen: [toFamily(family)] })}
            openKey={new Set(chosen.map(familyKey))}
            maxRows={matchMedia('(min-width: 1000px)').matches ? 24 : 10}
            empty={
              <Notice kind="empty" title="No family fits">
                <button type="button" onClick={() => change({ ...everyLabel, set: state.set })}>
                  Show all {formatCount(page.families.length)}
                </button>
              </Notice>
            }
          />
        </Panel>
        <div ref={side} class="family-side">
          <ChosenFamilies store={store} chosen={chosen} operations={operations} />
          {chosen.length === 1 && (
            <FamilyMembers key={familyKey(chosen[0])} store={store} family={chosen[0]} operations={operations} />
          )}
          <OperationsPanel store={store} operations={operations} />
        </div>
      </div>
      <OperationDialog operations={operations} />
    </>
  );
}

const toFamily = ({ label, family }: SizedFamily) => ({ label, family });
