import type { OperationSummary } from '../../../src/schema/api/labels.js';
import { DataText } from '../components/data-text.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { formatCount, formatMoment } from '../text/numbers.js';
import type { LabelsStore } from './labels-store.js';
import type { Operations } from './use-operation.js';

/** What was done to the set as a whole, the latest first, and taking it back. */
export function OperationsPanel({ store, operations }: { store: LabelsStore; operations: Operations }) {
  const { page } = store;
  return (
    <Panel
      title="What was done"
      note="Imports, changes of families and undos. Single answers are in the history of their instance."
    >
      {page.operations.length === 0 ? (
        <Notice kind="empty" title="Nothing yet: every label is as somebody gave it" />
      ) : (
        <ol class="operation-list" aria-label="Operations on the label set, the latest first">
          {page.operations.map((operation) => (
            <li key={operation.first}>
              <Done operation={operation} />
              <TakeBack operation={operation} operations={operations} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Done({ operation: { title, written, author, at, undone } }: { readonly operation: OperationSummary }) {
  return (
    <div>
      <p class={undone ? 'undone' : undefined}>
        <DataText text={title} max={120} />
      </p>
      <p class="muted operation-facts">
        <span>
          {formatCount(written)} {written === 1 ? 'label' : 'labels'}
        </span>
        <span>{author === null ? 'unnamed' : <DataText text={author} max={30} />}</span>
        <time dateTime={at}>{formatMoment(at)}</time>
      </p>
    </div>
  );
}

function TakeBack({ operation, operations }: { operation: OperationSummary; operations: Operations }) {
  const { kind, holding, undone, first, title } = operation;
  if (kind === 'labels undo') return null;
  if (holding === 0) return <span class="muted operation-state">{undone ? 'undone' : 'answered anew'}</span>;
  return (
    <button
      type="button"
      class="small"
      disabled={operations.busy.value}
      aria-label={`Undo: ${title}`}
      onClick={() => operations.ask({ operation: 'undo', number: first })}
    >
      Undo
    </button>
  );
}
