import { useEffect } from 'preact/hooks';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Dialog } from '../components/dialog.js';
import { Notice } from '../components/notice.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { focusFamilies } from './focus-families.js';
import type { Operations, PendingOperation } from './use-operation.js';

/** What an operation would change, before it does: Enter goes on, Escape gives it up. */
export function OperationDialog({ operations }: { readonly operations: Operations }) {
  const pending = operations.pending.value;
  return pending === null ? null : <Confirm key={pending.preview.title} pending={pending} operations={operations} />;
}

function Confirm({ pending, operations }: { readonly pending: PendingOperation; readonly operations: Operations }) {
  const { preview, problem } = pending;
  useEffect(() => focusFamilies, []);
  const labels = `${formatCount(preview.changes)} ${preview.changes === 1 ? 'label' : 'labels'}`;
  const more = preview.changes - preview.examples.length;
  return (
    <Dialog title="Change the labels?" onClose={operations.giveUp}>
      <p class="operation-title">{visibleText(preview.title)}</p>
      {problem !== null && <Notice kind="warning">{visibleText(problem)}</Notice>}
      {preview.notes.map((note) => (
        <Notice key={note} kind="information">
          {visibleText(note)}
        </Notice>
      ))}
      <SimpleTable
        caption="How some of them would be labelled"
        rows={preview.examples}
        rowKey={({ instanceId }) => instanceId}
        columns={[
          { key: 'ident', title: 'instance', heads: true, cell: ({ ident }) => <DataText text={ident} max={48} /> },
          { key: 'label', title: 'would be', cell: ({ label }) => <LabelBadge label={label} /> },
          { key: 'family', title: 'family', cell: ({ family }) => <DataText text={family ?? '–'} max={32} /> },
        ]}
      />
      {more > 0 && <p class="muted">and {formatCount(more)} more</p>}
      <div class="operation-go">
        <button autofocus type="button" class="strong" onClick={operations.confirm}>
          Change {labels}
        </button>
        <button type="button" onClick={operations.giveUp}>
          Cancel
        </button>
        <span class="muted">It can be undone.</span>
      </div>
    </Dialog>
  );
}
