import type { PanelData } from '../../../src/schema/panels/registry.js';
import { drawRejection } from '../charts/rejection-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { Panel } from '../components/panel.js';
import { figureKind } from '../text/headline-names.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import type { PageStore } from './page-store.js';

type Rejected = PanelData<'rejection'>;

export interface RejectionPanelProps {
  readonly store: PageStore;
  readonly rejection: Rejected;
}

/** What is left of a part without the predictions that are least credible. */
export function RejectionPanel({ store, rejection }: RejectionPanelProps) {
  const { share, instances, rejected, unlikeTraining, figures, curve } = rejection;
  const judged = curve.some(({ accuracy }) => accuracy !== null);
  const { list } = store.state.value;
  const asked = list.rejected === 'yes';
  return (
    <Panel
      title="Rejection"
      note={`${formatCount(rejected)} of ${formatCount(instances)} predictions are rejected: the ${formatPercent(share)} that lie farthest from the training instances of the class they are called`}
      actions={
        <button
          type="button"
          class="small"
          aria-pressed={asked}
          onClick={() => store.changeList({ rejected: asked ? null : 'yes' })}
        >
          {asked ? 'List all instances' : 'List the rejected'}
        </button>
      }
    >
      <p>
        {formatPercent(unlikeTraining)} of this part are as little credible as {formatPercent(share)} would be on data
        like that of the training
        {unlikeTraining > 1.1 * share ? ': the farther apart the two are, the more the data has changed.' : '.'}
      </p>
      {judged && (
        <div class="rejection">
          <ChartFrame
            summary={`Accuracy of the kept by the share rejected: ${curve
              .map(({ rejected: at, accuracy }) => `${formatPercent(at)} ${formatPercent(accuracy)}`)
              .join(', ')}`}
            height={240}
            inputs={[rejection]}
            draw={(size) =>
              drawRejection({
                ...size,
                share,
                points: curve.map((point) => ({
                  ...point,
                  text: `${formatPercent(point.rejected)} rejected\naccuracy of the kept ${formatPercent(point.accuracy)}`,
                })),
              })
            }
            table={() => ({
              columns: ['share rejected', 'accuracy of the kept'],
              rows: curve.map(({ rejected: at, accuracy }) => [formatPercent(at), formatPercent(accuracy)]),
            })}
            legend="dashed: what was rejected here; the right end is the few most credible"
          />
          <Kept figures={figures} />
        </div>
      )}
    </Panel>
  );
}

function Kept({ figures }: { readonly figures: Rejected['figures'] }) {
  return (
    <table class="kept-figures">
      <caption class="visually-hidden">Figures of all and of the kept predictions, as decided</caption>
      <thead>
        <tr>
          <th scope="col">as decided</th>
          <th scope="col" class="end">
            of all
          </th>
          <th scope="col" class="end">
            of the kept
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ name, all, kept }) => {
          const { title, format } = figureKind(name);
          return (
            <tr key={name}>
              <th scope="row">{title}</th>
              <td class="end">{format(all)}</td>
              <td class="end">{format(kept)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
