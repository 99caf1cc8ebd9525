import { useMemo } from 'preact/hooks';
import { type CurveLine, drawCurves } from '../charts/curve-drawing.js';
import { markPoint } from '../charts/threshold-marks.js';
import { ChartFrame, type ChartTable } from '../components/chart-frame.js';
import { Panel } from '../components/panel.js';
import { Segments } from '../components/select.js';
import { formatNumber, formatPercent, formatShare } from '../text/numbers.js';
import { share } from './figures/intervals.js';
import { type Counts, countsAt, type ThresholdTable } from './figures/threshold-table.js';
import type { PageStore } from './page-store.js';
import type { PartData } from './part-data.js';
import { RankingFigures } from './ranking-figures.js';
import type { Threshold } from './threshold-store.js';

export interface CurvePanelProps {
  readonly store: PageStore;
  readonly data: PartData;
  readonly threshold: Threshold;
}

const rocPoint = (counts: Counts): { x: number; y: number } | null => {
  const x = share(counts.falsePositives, counts.falsePositives + counts.trueNegatives);
  const y = share(counts.truePositives, counts.truePositives + counts.falseNegatives);
  return x === null || y === null ? null : { x, y };
};

const precisionRecallPoint = (counts: Counts): { x: number; y: number } | null => {
  const x = share(counts.truePositives, counts.truePositives + counts.falseNegatives);
  const y = share(counts.truePositives, counts.truePositives + counts.falsePositives);
  return x === null || y === null ? null : { x, y };
};

/** Detection rate for every false-positive rate; the threshold's point moves on it. */
export function RocPanel({ store, data, threshold }: CurvePanelProps) {
  const axis = store.state.value.rocAxis;
  const { table } = threshold;
  const lines = useMemo(() => rocLines(data), [data]);
  const stops = useMemo(() => stopsOf(table, rocPoint, 'false-positive rate', 'detection rate'), [table]);
  const counts = threshold.counts.value;
  const benign = counts.falsePositives + counts.trueNegatives;
  // Half a false alarm stands for none on a logarithmic axis.
  const logFrom = axis === 'log' && benign > 0 ? Math.min(0.1, 0.5 / benign) : null;
  const point = rocPoint(counts);
  const auc = data.indicators?.figures.find(({ name }) => name === 'rocAuc')?.value ?? null;
  return (
    <Panel title="ROC" span={6} note="detection rate against false-positive rate; click the curve to set the threshold">
      <RankingFigures data={data} names={['rocAuc', 'recallAtFpr.0.01', 'recallAtFpr.0.001']} />
      <ChartFrame
        summary={`ROC curve, area under it ${formatShare(auc)}`}
        height={300}
        draw={(size) =>
          drawCurves({
            ...size,
            lines,
            stops: stops.map(({ stop }) => stop),
            xLabel: 'false-positive rate (share of benign called malicious)',
            yLabel: 'detection rate',
            logFrom,
            chance: 'diagonal',
            onStop: (stop) => threshold.moveTo(stops[stop].position),
          })
        }
        inputs={[lines, stops, logFrom]}
        follow={(chart) => markPoint(chart, point && { x: Math.max(point.x, logFrom ?? 0), y: point.y })}
        following={[threshold.position.value, logFrom]}
        table={() => tableOf(lines, 'false-positive rate', 'detection rate')}
        legend={<CurveLegend lines={lines} chance="without skill" />}
        actions={
          <Segments
            label="Axis of the false-positive rate"
            value={axis}
            choices={[
              { value: 'linear', title: 'Linear' },
              { value: 'log', title: 'Logarithmic' },
            ]}
            onChange={(rocAxis) => store.change({ rocAxis })}
          />
        }
      />
    </Panel>
  );
}

/** Precision for every detection rate; the threshold's point moves on it. */
export function PrecisionRecallPanel({ data, threshold }: CurvePanelProps) {
  const { table } = threshold;
  const lines = useMemo(() => precisionRecallLines(data), [data]);
  const stops = useMemo(() => stopsOf(table, precisionRecallPoint, 'detection rate', 'precision'), [table]);
  const counts = threshold.counts.value;
  const malicious = counts.truePositives + counts.falseNegatives;
  const baseRate = share(malicious, malicious + counts.falsePositives + counts.trueNegatives);
  const point = precisionRecallPoint(counts);
  const average = data.indicators?.figures.find(({ name }) => name === 'averagePrecision')?.value ?? null;
  return (
    <Panel title="Precision and recall" span={6} note="what share of the alerts is malicious, for every detection rate">
      <RankingFigures data={data} names={['averagePrecision']} />
      <ChartFrame
        summary={`Precision-recall curve, average precision ${formatShare(average)}`}
        height={300}
        draw={(size) =>
          drawCurves({
            ...size,
            lines,
            stops: stops.map(({ stop }) => stop),
            xLabel: 'detection rate (recall)',
            yLabel: 'precision',
            logFrom: null,
            chance: baseRate,
            onStop: (stop) => threshold.moveTo(stops[stop].position),
          })
        }
        inputs={[lines, stops, baseRate]}
        follow={(chart) => markPoint(chart, point)}
        following={[threshold.position.value]}
        table={() => tableOf(lines, 'detection rate', 'precision')}
        legend={<CurveLegend lines={lines} chance={`all alerts (${formatPercent(baseRate)} malicious)`} />}
      />
    </Panel>
  );
}

function rocLines({ roc, folds, table }: PartData): CurveLine[] {
  const thin = folds.flatMap(({ roc: fold, part }) => (fold ? [lineOfRoc(fold, part, false)] : []));
  if (roc) return [...thin, lineOfRoc(roc, 'this part', true)];
  return table ? [...thin, lineOfTable(table, 'all folds together', rocPoint)] : thin;
}

function lineOfRoc(roc: NonNullable<PartData['roc']>, name: string, strong: boolean): CurveLine {
  return { name, x: roc.falsePositiveRate, y: roc.truePositiveRate, strong };
}

function precisionRecallLines({ precisionRecall, folds, table }: PartData): CurveLine[] {
  const line = (of: NonNullable<PartData['precisionRecall']>, name: string, strong: boolean): CurveLine => ({
    name,
    x: of.recall,
    y: of.precision,
    strong,
  });
  const thin = folds.flatMap(({ precisionRecall: fold, part }) => (fold ? [line(fold, part, false)] : []));
  if (precisionRecall) return [...thin, line(precisionRecall, 'this part', true)];
  return table ? [...thin, lineOfTable(table, 'all folds together', precisionRecallPoint)] : thin;
}

function lineOfTable(table: ThresholdTable, name: string, point: typeof rocPoint): CurveLine {
  const points = table.thresholds.map((_, position) => point(countsAt(table, position))).filter((of) => of !== null);
  return { name, x: points.map(({ x }) => x), y: points.map(({ y }) => y), strong: true };
}

/** Every point of a curve that a position of the threshold has; of equal ones the first. */
function stopsOf(table: ThresholdTable, point: typeof rocPoint, xName: string, yName: string) {
  let last = '';
  return table.thresholds.flatMap((threshold, position) => {
    const at = point(countsAt(table, position));
    const key = at ? `${at.x} ${at.y}` : last;
    if (!at || key === last) return [];
    last = key;
    const text = `threshold ${formatNumber(threshold, 4)}\n${xName} ${formatPercent(at.x)}\n${yName} ${formatPercent(at.y)}`;
    return [{ position, stop: { ...at, text } }];
  });
}

function tableOf(lines: readonly CurveLine[], xName: string, yName: string): ChartTable {
  const line = lines.find(({ strong }) => strong);
  const rows = line ? line.x.map((x, i) => [formatPercent(x), formatPercent(line.y[i])]) : [];
  return { columns: [xName, yName], rows };
}

function CurveLegend({ lines, chance }: { readonly lines: readonly CurveLine[]; readonly chance: string }) {
  const thin = lines.filter(({ strong }) => !strong).length;
  return (
    <>
      <span class="legend-entry">
        <span class="legend-point" aria-hidden="true" /> this threshold
      </span>
      {thin > 0 && (
        <span class="legend-entry">
          <span class="legend-line thin" aria-hidden="true" /> each of {thin} folds
        </span>
      )}
      <span class="legend-entry">
        <span class="legend-line dashed" aria-hidden="true" /> {chance}
      </span>
    </>
  );
}
