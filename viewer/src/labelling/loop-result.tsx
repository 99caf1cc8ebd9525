import type { LoopResultState, LoopStateResponse } from '../../../src/schema/api/loops.js';
import { useSource } from '../app/context.js';
import { Link } from '../app/link.js';
import { experimentPath } from '../app/routes.js';
import { Notice } from '../components/notice.js';
import type { LoopStore } from './loop-store.js';

const said: Record<LoopResultState['state'], string> = {
  none: 'No result is written yet: the loop has one when it ends, or when you ask for it.',
  old: 'The result is of an earlier state of the loop.',
  current: 'The result tells of all answers so far.',
  writing: 'The result is written: the last model is trained and validated …',
  elsewhere: 'Another process has the loop open: it writes the result when it is left.',
  failed: 'The result was not written:',
};

/** What a person takes away from a loop: its result, with the last model, and the labels as a file. */
export function LoopTakeAway({ store, state }: { readonly store: LoopStore; readonly state: LoopStateResponse }) {
  const source = useSource();
  const { result, view } = state;
  const { id, project, dataset, labelSet: set } = view;
  const labels = source.labelsDownload({ project, dataset, set });
  const there = result.state === 'current' || result.state === 'old';
  const mayWrite = result.state !== 'current' && result.state !== 'writing';
  return (
    <section class="loop-result" aria-label="Result and labels">
      <h2>Result and labels</h2>
      <div role="status">
        {result.state === 'failed' ? (
          <Notice kind="error">
            {said.failed} {result.problem}
          </Notice>
        ) : (
          <p class="quiet-text">{said[result.state]}</p>
        )}
      </div>
      <p class="loop-result-actions">
        {there && (
          <Link to={experimentPath(id)} class="button">
            Open the result
          </Link>
        )}
        {mayWrite && (
          <button type="button" onClick={() => void store.writeResult()}>
            Write the result now
          </button>
        )}
        {labels !== null && (
          <a class="button" href={labels} download>
            Labels as CSV
          </a>
        )}
      </p>
    </section>
  );
}
