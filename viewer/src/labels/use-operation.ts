import { type Signal, useSignal } from '@preact/signals';
import type { OperationPreview, SetChange } from '../../../src/schema/api/labels.js';
import { messageOf } from '../components/notice.js';
import { formatCount } from '../text/numbers.js';
import { authorToSend } from './author-field.js';
import type { LabelsStore } from './labels-store.js';

/** An operation that waits for the person to confirm it. */
export interface PendingOperation {
  readonly change: SetChange;
  readonly preview: OperationPreview;
  /** Why the last attempt was refused. */
  readonly problem: string | null;
  readonly done?: () => void;
}

export interface Operations {
  readonly pending: Signal<PendingOperation | null>;
  readonly told: Signal<{ readonly kind: 'information' | 'warning' | 'error'; readonly text: string } | null>;
  readonly busy: Signal<boolean>;
  /** Looks at what an operation would change; it is then confirmed or given up. `done`: after it was written. */
  readonly ask: (change: SetChange, done?: () => void) => void;
  readonly confirm: () => void;
  readonly giveUp: () => void;
}

/** Operations on the set of a page: looked at, confirmed, done and told. */
export function useOperation({ source, name, refresh }: Pick<LabelsStore, 'source' | 'name' | 'refresh'>): Operations {
  const pending = useSignal<PendingOperation | null>(null);
  const told = useSignal<{ kind: 'information' | 'warning' | 'error'; text: string } | null>(null);
  const busy = useSignal(false);

  const alone = async (work: () => Promise<void>): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    try {
      await work();
    } finally {
      busy.value = false;
    }
  };
  const look = async (change: SetChange, problem: string | null, done?: () => void): Promise<void> => {
    try {
      const preview = await source.previewOperation(name, change);
      pending.value = { change, preview, problem, ...(done ? { done } : {}) };
    } catch (error) {
      pending.value = null;
      told.value = { kind: 'error', text: problem ?? messageOf(error) };
    }
  };
  return {
    pending,
    told,
    busy,
    ask: (change, done) => {
      told.value = null;
      void alone(() => look(change, null, done));
    },
    giveUp: () => {
      pending.value = null;
    },
    confirm: () =>
      void alone(async () => {
        const waiting = pending.peek();
        if (waiting === null) return;
        const { change, preview, done } = waiting;
        try {
          const answer = await source.operate(name, { change, author: authorToSend(), expected: preview.changes });
          const labels = `${formatCount(answer.changed)} ${answer.changed === 1 ? 'label' : 'labels'} changed`;
          const text = `Done: ${answer.title} (${labels}).`;
          told.value = { kind: answer.warning === null ? 'information' : 'warning', text: answer.warning ?? text };
          pending.value = null;
          done?.();
          refresh();
        } catch (error) {
          // Somebody answered meanwhile: what it would do now is looked at again.
          await look(change, messageOf(error), done);
          refresh();
        }
      }),
  };
}
