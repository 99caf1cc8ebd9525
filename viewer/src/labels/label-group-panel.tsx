import { useSignal } from '@preact/signals';
import type { RowGroups } from '../../../src/schema/api/rows.js';
import type { SetChange } from '../../../src/schema/api/labels.js';
import type { ResultDocument } from '../../../src/schema/result-document.js';
import type { LabelWord } from '../../../src/schema/vocabulary.js';
import { useSource } from '../app/context.js';
import { FamilyPicker } from '../components/family-picker.js';
import { Notice } from '../components/notice.js';
import { Panel, type PanelProps } from '../components/panel.js';
import { Segments } from '../components/select.js';
import { formatCount } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { AuthorField } from './author-field.js';
import { chosenSet } from './chosen-set.js';
import { OperationDialog } from './operation-dialog.js';
import { useOperation } from './use-operation.js';

type GroupChange = Extract<SetChange, { operation: 'label-cluster' | 'label-area' }>;
/** Which instances are meant. */
type Group<C = GroupChange> = C extends GroupChange ? Omit<C, 'label' | 'family' | 'keep'> : never;

export interface LabelGroupPanelProps {
  readonly document: ResultDocument;
  readonly title: string;
  /** What the group is called on the button: `cluster`. */
  readonly what: string;
  readonly group: Group;
  readonly members: RowGroups;
  readonly span?: PanelProps['span'];
}

const labels: readonly { value: LabelWord; title: string }[] = [
  { value: 'malicious', title: 'Malicious' },
  { value: 'benign', title: 'Benign' },
];

/** One label for every member of a group, after a look at some; it counts as one answer and is undone as one. */
export function LabelGroupPanel({ document, title, what, group, members, span }: LabelGroupPanelProps) {
  const source = useSource();
  const name = { project: document.project, dataset: document.dataset.name, set: chosenSet.value };
  const operations = useOperation({ source, name, refresh: () => undefined });
  const label = useSignal<LabelWord>(members.malicious >= members.benign ? 'malicious' : 'benign');
  const family = useSignal('');
  const overwrite = useSignal(false);
  const told = operations.told.value;
  const known = members.families.filter((one) => one.label === label.value);
  const count = formatCount(members.instances);
  return (
    <Panel
      title={title}
      span={span}
      note={`${count} ${members.instances === 1 ? 'instance' : 'instances'}, into the label set “${visibleText(name.set)}”: look at some of them first`}
    >
      <form
        class="label-group"
        onSubmit={(event) => {
          event.preventDefault();
          const named = family.peek().trim();
          operations.ask({
            ...group,
            label: label.peek(),
            family: named === '' ? null : named,
            keep: !overwrite.peek(),
          });
        }}
      >
        <Segments label="Label" value={label.value} choices={labels} onChange={(value) => (label.value = value)} />
        <FamilyPicker label="Family" value={family.value} known={known} onChange={(value) => (family.value = value)} />
        <AuthorField />
        <label class="check">
          <input
            type="checkbox"
            checked={overwrite.value}
            onInput={({ currentTarget }) => (overwrite.value = currentTarget.checked)}
          />{' '}
          overwrite labels that there are
        </label>
        <button type="submit" class="strong" disabled={operations.busy.value}>
          Label the {what} …
        </button>
      </form>
      {told !== null && <Notice kind={told.kind}>{visibleText(told.text)}</Notice>}
      <OperationDialog operations={operations} />
    </Panel>
  );
}
