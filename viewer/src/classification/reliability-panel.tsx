import { drawReliability } from '../charts/reliability-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { Panel } from '../components/panel.js';
import { formatCount, formatPercent, formatShare } from '../text/numbers.js';
import type { PartData } from './part-data.js';

/** Are probabilities to be taken at their word? */
export function ReliabilityPanel({ reliability }: { readonly reliability: NonNullable<PartData['reliability']> }) {
  const { expectedCalibrationError: error, brier, bins } = reliability;
  return (
    <Panel
      title="Calibration"
      span={5}
      note={`off by ${formatPercent(error)} on average (expected calibration error); Brier score ${formatShare(brier)}`}
    >
      <ChartFrame
        summary={`Calibration: predicted probability against the share that is malicious, off by ${formatPercent(error)} on average`}
        height={260}
        draw={(size) => drawReliability(bins, size)}
        inputs={[bins]}
        table={() => ({
          columns: ['predicted from', 'to', 'instances', 'mean predicted', 'malicious'],
          rows: bins.map(({ low, high, instances, meanProbability, maliciousShare }) => [
            formatPercent(low),
            formatPercent(high),
            formatCount(instances),
            formatPercent(meanProbability),
            formatPercent(maliciousShare),
          ]),
        })}
        legend="on the dashed line a probability means what it says; below it the model overstates, above it understates"
      />
    </Panel>
  );
}
