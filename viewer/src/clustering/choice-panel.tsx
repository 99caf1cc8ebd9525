import type { PanelData } from '../../../src/schema/panels/registry.js';
import { drawChoice } from '../charts/choice-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { Panel } from '../components/panel.js';
import { formatNumber } from '../text/numbers.js';

type Choice = PanelData<'cluster-choice'>;

const words: Record<Choice['by'], { title: string; up: string; across: string; why: string }> = {
  'neighbour-distance': {
    title: 'The radius',
    across: 'share of the instances',
    up: 'distance from the neighbours',
    why: 'chosen where the curve bends: to its right, neighbours are far',
  },
  bic: {
    title: 'The number of clusters',
    across: 'clusters',
    up: 'BIC',
    why: 'chosen where the Bayesian information criterion is least',
  },
  silhouette: {
    title: 'The number of clusters',
    across: 'clusters',
    up: 'silhouette',
    why: 'chosen where the mean silhouette is largest',
  },
  gap: {
    title: 'The number of clusters',
    across: 'clusters',
    up: 'gap statistic',
    why: 'the least that more clusters do not make more compact, beyond chance, than data without structure',
  },
};

/** What the number of clusters, or the radius, was chosen by. */
export function ChoicePanel({ choice }: { readonly choice: Choice }) {
  const { title, up, across, why } = words[choice.by];
  const chosenIs = choice.by === 'neighbour-distance' ? 'height' : 'place';
  return (
    <Panel title={title} note={`${formatNumber(choice.chosen)}, ${why}`}>
      <ChartFrame
        summary={`${title}: ${formatNumber(choice.chosen)}, ${why}`}
        height={220}
        draw={(size) => drawChoice({ ...choice, chosenIs, titles: [across, up] }, size)}
        inputs={[choice]}
        table={() => ({
          columns: [across, up, ...(choice.error ? ['standard error'] : [])],
          rows: choice.x.map((place, k) => [
            formatNumber(place),
            formatNumber(choice.y[k]),
            ...(choice.error ? [formatNumber(choice.error[k])] : []),
          ]),
        })}
      />
    </Panel>
  );
}
