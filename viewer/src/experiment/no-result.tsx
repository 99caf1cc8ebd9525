import type { ExperimentPage } from '../../../src/schema/api/experiments.js';
import { Link } from '../app/link.js';
import { loopPath } from '../app/routes.js';
import { CopyField } from '../components/copy-field.js';
import { DataText } from '../components/data-text.js';
import { MessageText } from '../components/message-text.js';
import { Notice } from '../components/notice.js';
import { formatMoment } from '../text/numbers.js';

const isLoop = (kind: string): boolean => kind === 'active-learning' || kind === 'rare-categories';

const loopTitles: Record<'running' | 'interrupted' | 'failed', string> = {
  running: 'Somebody labels in a terminal',
  interrupted: 'Left before a result was written',
  failed: 'Its last session failed',
};

/** Why there is no result to see, and what to do about it. */
export function NoResult({ page }: { readonly page: ExperimentPage }) {
  const { summary, problem, directory } = page;
  if (isLoop(summary.kind) && summary.state !== 'done') {
    return (
      <Notice kind="information" title={loopTitles[summary.state]}>
        {summary.error !== null && <MessageText text={summary.error} />}
        <p>Every answer is kept. The result is written when the loop is left, when it ends, or from its page.</p>
        <p>
          <Link to={loopPath(summary.id)} class="button">
            Label: go on with this loop
          </Link>
        </p>
        <p>In the terminal:</p>
        <CopyField label="Command" text={`secuml label ${summary.id}`} />
      </Notice>
    );
  }
  switch (summary.state) {
    case 'running':
      return (
        <Notice kind="information" title="Still running">
          <p>Since {formatMoment(summary.started)}. This page shows the result as soon as it is there.</p>
        </Notice>
      );
    case 'interrupted':
      return (
        <Notice kind="warning" title="Interrupted: its process ended before there was a result">
          <p>Nothing half-written was kept. Run the command again; what is left of such experiments is cleared by</p>
          <CopyField label="Command" text="secuml remove --interrupted" />
        </Notice>
      );
    case 'failed':
      return (
        <Notice kind="error" title="Failed">
          <MessageText text={summary.error ?? 'No reason was kept.'} />
          <p>Mend what it names and run the command again; to clear this one:</p>
          <CopyField label="Command" text={`secuml remove --experiment ${summary.id}`} />
        </Notice>
      );
    case 'done':
      return (
        <Notice kind="error" title="Its result cannot be shown">
          <MessageText text={problem ?? 'The document is missing.'} />
          <p>
            The files are in <DataText text={directory} mono expandable />.
          </p>
        </Notice>
      );
  }
}
