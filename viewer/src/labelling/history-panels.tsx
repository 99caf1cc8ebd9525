import { Link } from '../app/link.js';
import { iterationPath } from '../app/routes.js';
import { drawHistory, type HistoryLine } from '../charts/history-drawing.js';
import { ChartFrame, type ChartTable } from '../components/chart-frame.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { figureKind, partTitle } from '../text/headline-names.js';
import { formatCount, formatPercent, formatSeconds, formatShare } from '../text/numbers.js';
import { type Iteration, suggestionLines, timeLines } from './history-lines.js';

/** Figures of models in the order of their worth as a curve. */
const qualityNames = ['rocAuc', 'averagePrecision', 'f1'] as const;

interface HistoryProps {
  readonly iterations: readonly Iteration[];
  /** Of a loop that is served: each iteration leads to its queries and its model. */
  readonly loop?: string;
}

/** How a labelling loop went: families found, quality of the model, suggestions, time, each over the labels. */
export function HistoryPanels({ iterations, loop }: HistoryProps) {
  return (
    <>
      {/* One point is no curve. */}
      {iterations.length > 1 && <HistoryCurves iterations={iterations} />}
      <Panel
        title="Iterations"
        note={`${formatCount(iterations.length)} so far; labels as each began${iterations.length > 1 ? '' : '; curves come with the second'}`}
      >
        <SimpleTable<Iteration>
          caption="Iterations of the labelling loop"
          rows={iterations}
          columns={[
            {
              key: 'iteration',
              title: 'Iteration',
              heads: true,
              cell: ({ iteration }) =>
                loop === undefined ? (
                  formatCount(iteration)
                ) : (
                  <Link to={iterationPath(loop, iteration)}>{formatCount(iteration)}</Link>
                ),
            },
            number('Labels', ({ labels }) => formatCount(labels)),
            number('Malicious', ({ malicious }) => formatCount(malicious)),
            number('Benign', ({ benign }) => formatCount(benign)),
            number('Malicious families', ({ families }) => formatCount(families.malicious)),
            number('Benign families', ({ families }) => formatCount(families.benign)),
            number('ROC AUC, cross-validated', ({ figures }) => formatShare(figures['cv.rocAuc'] ?? null)),
            number('Suggestions right', ({ figures }) => formatPercent(figures['suggestions.labelAccuracy'] ?? null)),
            number('Families right', ({ figures }) => formatPercent(figures['suggestions.familyAccuracy'] ?? null)),
          ]}
        />
      </Panel>
    </>
  );
}

/** The figures of the iterations as curves. */
function HistoryCurves({ iterations }: Pick<HistoryProps, 'iterations'>) {
  const quality = qualityLines(iterations);
  const suggestions = suggestionLines(iterations);
  const time = timeLines(iterations);
  return (
    <>
      <Panel title="Families found" span={6} note="distinct families among the labels when each iteration began">
        <ChartFrame
          summary={familySummary(iterations)}
          height={280}
          inputs={[iterations]}
          draw={(size) =>
            drawHistory({
              ...size,
              lines: familyLines(iterations),
              yLabel: 'families',
              domain: upTo(familyLines(iterations)),
            })
          }
          table={() => familyTable(iterations)}
          legend={<Legend lines={familyLines(iterations)} />}
        />
      </Panel>
      {quality.length > 0 && (
        <Panel title="Quality of the model" span={6} note="of the model that each iteration trained on all labels">
          <ChartFrame
            summary={lastValues(quality, formatShare)}
            height={280}
            inputs={[iterations]}
            draw={(size) => drawHistory({ ...size, lines: quality, yLabel: 'share', domain: domainOf(quality) })}
            table={() => lineTable(quality, formatShare)}
            legend={<Legend lines={quality} />}
          />
        </Panel>
      )}
      {suggestions.length > 0 && (
        <Panel
          title="Suggestions"
          span={6}
          note="of the queries before that had one, the share that the answers bore out"
        >
          <ChartFrame
            summary={lastValues(suggestions, formatPercent)}
            height={280}
            inputs={[iterations]}
            draw={(size) => drawHistory({ ...size, lines: suggestions, yLabel: 'share', domain: [0, 1] })}
            table={() => lineTable(suggestions, formatPercent)}
            legend={<Legend lines={suggestions} />}
          />
        </Panel>
      )}
      {time.length > 0 && (
        <Panel title="Time" span={6} note="that computing an iteration took; people answer while its model is judged">
          <ChartFrame
            summary={lastValues(time, formatSeconds)}
            height={280}
            inputs={[iterations]}
            draw={(size) => drawHistory({ ...size, lines: time, yLabel: 'seconds' })}
            table={() => lineTable(time, formatSeconds)}
            legend={<Legend lines={time} />}
          />
        </Panel>
      )}
    </>
  );
}

function number(title: string, cell: (iteration: Iteration) => string) {
  return { key: title, title, align: 'end' as const, cell };
}

function Legend({ lines }: { readonly lines: readonly HistoryLine[] }) {
  return (
    <ul class="history-legend">
      {lines.map(({ name, colour, dashed }) => (
        <li key={name}>
          <span class={dashed ? 'line-key dashed' : 'line-key'} style={{ color: colour }} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}

function familyLines(iterations: readonly Iteration[]): HistoryLine[] {
  const line = (name: string, colour: string, dashed: boolean, valueOf: (of: Iteration) => number): HistoryLine => ({
    name,
    colour,
    dashed,
    points: iterations.map((of) => ({
      labels: of.labels,
      value: valueOf(of),
      text: `${formatCount(valueOf(of))} ${name}\n${formatCount(of.labels)} labels, iteration ${of.iteration}`,
    })),
  });
  return [
    line('malicious families', 'var(--malicious)', false, ({ families }) => families.malicious),
    line('benign families', 'var(--benign)', true, ({ families }) => families.benign),
  ];
}

/** A line for each part and figure that the iterations have. */
function qualityLines(iterations: readonly Iteration[]): HistoryLine[] {
  const parts = new Set<string>();
  for (const { figures } of iterations) {
    for (const name of Object.keys(figures)) {
      // A dataset may have dots in its name.
      const part = name.endsWith('.rocAuc') ? name.slice(0, -'.rocAuc'.length) : 'train';
      if (part !== 'train') parts.add(part);
    }
  }
  const lines: HistoryLine[] = [];
  [...parts].forEach((part, p) => {
    qualityNames.forEach((figure, k) => {
      const name = `${figureKind(figure).title}, ${partTitle(part)}`;
      const points = iterations.flatMap(({ labels, iteration, figures }) => {
        const value = figures[`${part}.${figure}`] ?? null;
        if (value === null) return [];
        return [
          {
            labels,
            value,
            text: `${name} ${formatShare(value)}\n${formatCount(labels)} labels, iteration ${iteration}`,
          },
        ];
      });
      if (points.length > 0 && (k === 0 || p === 0)) {
        lines.push({ name, colour: colours[k], dashed: p % 2 === 1, points });
      }
    });
  });
  return lines;
}

const colours = ['var(--all)', 'var(--uncertain)', 'var(--benign)'];

function domainOf(lines: readonly HistoryLine[]): readonly [number, number] {
  const least = Math.min(...lines.flatMap(({ points }) => points.map(({ value }) => value)));
  return [Math.max(0, Math.floor(least * 10) / 10), 1];
}

function familySummary(iterations: readonly Iteration[]): string {
  const last = iterations.at(-1);
  if (!last) return 'No iteration yet';
  return `${last.families.malicious} malicious and ${last.families.benign} benign families found with ${last.labels} labels`;
}

/** From 0 to the largest value, at least 1. */
function upTo(lines: readonly HistoryLine[]): readonly [number, number] {
  return [0, Math.max(1, ...lines.flatMap(({ points }) => points.map(({ value }) => value)))];
}

function lastValues(lines: readonly HistoryLine[], format: (value: number | null) => string): string {
  return lines.map(({ name, points }) => `${name} ${format(points.at(-1)?.value ?? null)}`).join(', ');
}

function familyTable(iterations: readonly Iteration[]): ChartTable {
  return {
    columns: ['Labels', 'Malicious families', 'Benign families'],
    rows: iterations.map(({ labels, families }) => [labels, families.malicious, families.benign].map(formatCount)),
  };
}

function lineTable(lines: readonly HistoryLine[], format: (value: number | null) => string): ChartTable {
  return {
    columns: ['Figure', 'Labels', 'Value'],
    rows: lines.flatMap(({ name, points }) =>
      points.map(({ labels, value }) => [name, formatCount(labels), format(value)]),
    ),
  };
}
