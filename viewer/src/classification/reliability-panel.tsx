import { drawReliability } from '../charts/reliability-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { Panel } from '../components/panel.js';
import { formatCount, formatPercent, formatShare } from '../text/numbers.js';
import type { PartData } from './part-data.js';

type Reliability = NonNullable<PartData['reliability']>;

/** Are probabilities to be taken at their word? Of a calibrated model, those before calibration beside them. */
export function ReliabilityPanel({ reliability }: { readonly reliability: Reliability }) {
  const { bins, uncalibrated } = reliability;
  const before = uncalibrated?.bins ?? [];
  const off = offBy(reliability);
  return (
    <Panel
      title="Calibration"
      span={5}
      note={`off by ${off} (expected calibration error); Brier score ${brierScore(reliability)}`}
    >
      <ChartFrame
        summary={`Calibration: predicted probability against the share that is malicious, off by ${off}`}
        height={260}
        draw={(size) => drawReliability(bins, before, size)}
        inputs={[bins, before]}
        table={() => ({
          columns: [
            ...(uncalibrated ? ['probabilities'] : []),
            'predicted from',
            'to',
            'instances',
            'mean predicted',
            'malicious',
          ],
          rows: [...rowsOf(bins, uncalibrated && 'calibrated'), ...rowsOf(before, 'before')],
        })}
        legend={`on the straight dashed line a probability means what it says; below it the model overstates, above it understates${uncalibrated ? '; ● calibrated, □ before' : ''}`}
      />
    </Panel>
  );
}

function offBy({ expectedCalibrationError: error, uncalibrated }: Reliability): string {
  const before = uncalibrated && `, ${formatPercent(uncalibrated.expectedCalibrationError)} before calibration`;
  return `${formatPercent(error)} on average${before ?? ''}`;
}

function brierScore({ brier, uncalibrated }: Reliability): string {
  return uncalibrated ? `${formatShare(brier)}, ${formatShare(uncalibrated.brier)} before` : formatShare(brier);
}

function rowsOf(bins: Reliability['bins'], which: string | undefined): string[][] {
  return bins.map(({ low, high, instances, meanProbability, maliciousShare }) => [
    ...(which === undefined ? [] : [which]),
    formatPercent(low),
    formatPercent(high),
    formatCount(instances),
    formatPercent(meanProbability),
    formatPercent(maliciousShare),
  ]);
}
