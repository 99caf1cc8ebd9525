import type { ResultDocument } from '../../../src/schema/result-document.js';
import { DataText } from '../components/data-text.js';
import { Notice } from '../components/notice.js';

const unfolded = 2;

/** What the program says against its own result, in plain sentences; more than two are folded. */
export function Warnings({ document }: { readonly document: ResultDocument }) {
  const warnings = [...document.warnings, ...document.run.warnings];
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
    <Notice kind="warning">
      {warnings.length <= unfolded ? (
        list
      ) : (
        <details>
          <summary>
            {warnings.length} warnings: <DataText text={warnings[0]} max={100} />
          </summary>
          {list}
        </details>
      )}
    </Notice>
  );
}
