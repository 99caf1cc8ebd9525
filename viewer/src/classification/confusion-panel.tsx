import { parts } from '../../../src/schema/vocabulary.js';
import { Panel } from '../components/panel.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { BaseRateNote } from './base-rate-note.js';
import { share } from './figures/intervals.js';
import type { ShownOutcome } from './page-state.js';
import type { PageStore } from './page-store.js';
import type { Threshold } from './threshold-store.js';

interface CellProps {
  readonly store: PageStore;
  readonly outcome: ShownOutcome;
  readonly title: string;
  readonly count: number;
  readonly ofRow: number;
  readonly right: boolean;
}

export interface ConfusionPanelProps {
  readonly store: PageStore;
  readonly part: string;
  readonly threshold: Threshold;
}

/** Malicious and benign against how they are called; each cell leads to its instances. */
export function ConfusionPanel({ store, part, threshold }: ConfusionPanelProps) {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = threshold.counts.value;
  const malicious = truePositives + falseNegatives;
  const benign = falsePositives + trueNegatives;
  return (
    <Panel title="Confusion matrix" span={5} note="a cell leads to its instances">
      <table class="confusion">
        <caption class="visually-hidden">Instances by label and by how they are called</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">called malicious</th>
            <th scope="col">called benign</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              malicious <span class="row-count">{formatCount(malicious)}</span>
            </th>
            <Cell
              store={store}
              outcome="true-positive"
              title="detected"
              count={truePositives}
              ofRow={malicious}
              right
            />
            <Cell
              store={store}
              outcome="false-negative"
              title="missed"
              count={falseNegatives}
              ofRow={malicious}
              right={false}
            />
          </tr>
          <tr>
            <th scope="row">
              benign <span class="row-count">{formatCount(benign)}</span>
            </th>
            <Cell
              store={store}
              outcome="false-positive"
              title="false alarms"
              count={falsePositives}
              ofRow={benign}
              right={false}
            />
            <Cell
              store={store}
              outcome="true-negative"
              title="rightly quiet"
              count={trueNegatives}
              ofRow={benign}
              right
            />
          </tr>
        </tbody>
      </table>
      {part !== parts.train && <BaseRateNote store={store} threshold={threshold} />}
    </Panel>
  );
}

function Cell({ store, outcome, title, count, ofRow, right }: CellProps) {
  const part = share(count, ofRow);
  return (
    <td>
      <button
        type="button"
        class={`confusion-cell ${right ? 'right' : 'wrong'}`}
        style={{ '--share': String(part ?? 0) }}
        onClick={() => store.showInstances({ show: outcome })}
        data-outcome={outcome}
      >
        <span class="confusion-count">{formatCount(count)}</span>
        <span class="confusion-title">
          <span aria-hidden="true">{right ? '✓' : '✕'}</span> {title}
        </span>
        <span class="muted">{formatPercent(part)} of the row</span>
      </button>
    </td>
  );
}
