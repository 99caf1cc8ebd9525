import { useMemo } from 'preact/hooks';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { Panel } from '../components/panel.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import { share } from './figures/intervals.js';
import type { PageStore } from './page-store.js';

/** More classes than this are not shown as a matrix: the smaller ones are in the table of classes. */
const mostClasses = 60;

/** True classes against predicted ones as a heat table; each cell leads to its instances. */
export function ClassConfusionPanel({
  store,
  confusion,
}: {
  readonly store: PageStore;
  readonly confusion: PanelData<'confusion'>;
}) {
  const shown = useMemo(() => largestClasses(confusion), [confusion]);
  const { classes, matrix } = confusion;
  const total = (k: number): number => matrix[k].reduce((sum, count) => sum + count, 0);
  return (
    <Panel
      title="Confusion of the classes"
      note={`rows: what it is; columns: what the model says; darker = a larger share of the row${
        shown.length === mostClasses ? `; the ${mostClasses} largest of ${formatCount(classes.length)} classes` : ''
      }`}
    >
      <div class="heat-frame" role="region" aria-label="Confusion matrix of the classes" tabIndex={0}>
        <table class="heat">
          <caption class="visually-hidden">Instances by true class (rows) and predicted class (columns)</caption>
          <thead>
            <tr>
              <td />
              {shown.map((k) => (
                <th key={k} scope="col" title={visibleText(classes[k])}>
                  <span>{shortenMiddle(visibleText(classes[k]), 22)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row}>
                <th scope="row" title={visibleText(classes[row])}>
                  {shortenMiddle(visibleText(classes[row]), 22)}
                </th>
                {shown.map((column) => (
                  <HeatCell
                    key={column}
                    count={matrix[row][column]}
                    part={share(matrix[row][column], total(row)) ?? 0}
                    right={row === column}
                    words={`${visibleText(classes[row])} predicted ${visibleText(classes[column])}`}
                    onOpen={() => store.showInstances({ actual: classes[row], predicted: classes[column] })}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface HeatCellProps {
  readonly count: number;
  readonly part: number;
  readonly right: boolean;
  readonly words: string;
  readonly onOpen: () => void;
}

function HeatCell({ count, part, right, words, onOpen }: HeatCellProps) {
  if (count === 0) return <td class={right ? 'right' : undefined} />;
  return (
    <td class={right ? 'right' : 'wrong'}>
      <button
        type="button"
        style={{ '--share': String(part) }}
        aria-label={`${formatCount(count)} ${words}: show them`}
        title={`${words}: ${formatCount(count)} (${formatPercent(part)} of the row)`}
        onClick={onOpen}
      >
        {count < 1000 ? count : `${Math.round(count / 1000)}k`}
      </button>
    </td>
  );
}

/** Those that occur, in the order of the model; of very many the largest. */
function largestClasses({ classes, matrix }: PanelData<'confusion'>): number[] {
  const size = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const occurs = (k: number): boolean => size[k] > 0 || matrix.some((row) => row[k] > 0);
  return [...classes.keys()]
    .filter(occurs)
    .sort((a, b) => size[b] - size[a])
    .slice(0, mostClasses)
    .sort((a, b) => a - b);
}
