import type { ResultDocument } from '../../../src/schema/result-document.js';
import { DataText } from '../components/data-text.js';
import { Notice } from '../components/notice.js';

const unfolded = 2;

export interface WarningsProps {
  readonly document: ResultDocument;
  /** What is to be said of the machine that made the result is nothing to the readers of a single file. */
  readonly withRun: boolean;
}

/** What the program says against its own result, and what to know of its run. */
export function Warnings({ document, withRun }: WarningsProps) {
  return (
    <>
      <Sentences kind="warning" sentences={document.warnings} />
      {withRun && <Sentences kind="information" sentences={document.run.warnings} />}
    </>
  );
}

interface SentencesProps {
  readonly kind: 'warning' | 'information';
  readonly sentences: readonly string[];
}

/** Plain sentences; more than two are folded. */
export function Sentences({ kind, sentences: warnings }: SentencesProps) {
  if (warnings.length === 0) return null;
  const list = (
    <ul class="warning-list">
      {warnings.map((warning) => (
        <li key={warning}>
          <DataText text={warning} max={600} expandable />
        </li>
      ))}
    </ul>
  );
  return (
    <Notice kind={kind}>
      {warnings.length <= unfolded ? (
        list
      ) : (
        <details>
          <summary>
            {warnings.length} {kind === 'warning' ? 'warnings' : 'notes'}: <DataText text={warnings[0]} max={100} />
          </summary>
          {list}
        </details>
      )}
    </Notice>
  );
}
