import { useSignal } from '@preact/signals';
import type { ResultDocument } from '../../../src/schema/result-document.js';
import type { LabelWord } from '../../../src/schema/vocabulary.js';
import { useSource } from '../app/context.js';
import { FamilyPicker } from '../components/family-picker.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { Segments } from '../components/select.js';
import { AuthorField } from '../labels/author-field.js';
import { chosenSet } from '../labels/chosen-set.js';
import { OperationDialog } from '../labels/operation-dialog.js';
import { useOperation } from '../labels/use-operation.js';
import { formatCount } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { type Cluster, clusterTitle } from './cluster-text.js';

export interface LabelClusterPanelProps {
  readonly id: string;
  readonly document: ResultDocument;
  readonly cluster: Cluster;
}

const labels: readonly { value: LabelWord; title: string }[] = [
  { value: 'malicious', title: 'Malicious' },
  { value: 'benign', title: 'Benign' },
];

/** One label for every member of a cluster, after a look at some; it counts as one answer and is undone as one. */
export function LabelClusterPanel({ id, document, cluster }: LabelClusterPanelProps) {
  const source = useSource();
  const name = { project: document.project, dataset: document.dataset.name, set: chosenSet.value };
  const operations = useOperation({ source, name, refresh: () => undefined });
  const label = useSignal<LabelWord>(cluster.malicious >= cluster.benign ? 'malicious' : 'benign');
  const family = useSignal('');
  const overwrite = useSignal(false);
  const told = operations.told.value;
  const known = cluster.families.filter((one) => one.label === label.value);
  return (
    <Panel
      title={`${clusterTitle(cluster.name)}: label all of it`}
      note={`${formatCount(cluster.size)} members, into the label set “${visibleText(name.set)}”: look at some of them first`}
    >
      <form
        class="label-cluster"
        onSubmit={(event) => {
          event.preventDefault();
          const named = family.peek().trim();
          operations.ask({
            operation: 'label-cluster',
            experiment: id,
            cluster: cluster.name,
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
          Label the cluster …
        </button>
      </form>
      {told !== null && <Notice kind={told.kind}>{visibleText(told.text)}</Notice>}
      <OperationDialog operations={operations} />
    </Panel>
  );
}
