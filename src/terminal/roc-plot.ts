import type { PanelData } from '../schema/panels/registry.js';
import { BrailleCanvas } from './braille-canvas.js';
import { formatPercent } from './number-format.js';
import type { Style } from './style.js';
import { wrapText } from './wrap.js';

/** A point of the curve to mark: where the model stands at its decision threshold. */
export interface OperatingPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

const margin = 8;
const widest = { width: 44, height: 12 };
const narrowest = 12;

/**
 * ROC curves in text: false positive rate to the right, detection rate upwards, the chance diagonal dotted. As wide as
 * the terminal allows, 12 to 44 characters and the margins.
 */
export function rocPlot(
  curves: readonly PanelData<'roc-curve'>[],
  operating: OperatingPoint | null,
  style: Style,
): string[] {
  const width = Math.max(narrowest, Math.min(widest.width, style.width - margin - 1));
  const height = Math.max(5, Math.round((widest.height * width) / widest.width));
  const canvas = new BrailleCanvas(width, height);
  canvas.line(0, 0, 1, 1, 4);
  for (const { falsePositiveRate: x, truePositiveRate: y } of curves) {
    for (let i = 1; i < x.length; i++) canvas.line(x[i - 1], y[i - 1], x[i], y[i]);
  }
  if (operating) canvas.mark(operating.falsePositiveRate, operating.truePositiveRate, '●');
  const body = canvas.lines().map((line, row) => {
    const tick = row === 0 ? '100 %' : row === height - 1 ? '0 %' : row === Math.floor(height / 2) ? '50 %' : '';
    return `${tick.padStart(margin - 2)} │${style.all(line)}│`;
  });
  const left = ' '.repeat(margin);
  const axis = `${' '.repeat(margin - 1)}└${'─'.repeat(width)}┘`;
  const caption = operating
    ? [
        wrapText(
          `${left}● at the threshold: ${formatPercent(operating.truePositiveRate)} detected, ${formatPercent(operating.falsePositiveRate)} false positives`,
          style.width,
          left,
        ),
      ]
    : [];
  return [...body, axis, ...axisLabels(width).map((line) => left + line), ...caption];
}

/** `0 %   false positive rate   100 %`, on two lines where one is too short. */
function axisLabels(width: number): string[] {
  const middle = 'false positive rate';
  const gap = width - '0 %'.length - '100 %'.length - middle.length;
  if (gap < 2) return [`0 %${'100 %'.padStart(width - '0 %'.length)}`, ...wrapText(middle, width).split('\n')];
  const left = Math.floor(gap / 2);
  return [`0 %${' '.repeat(left)}${middle}${' '.repeat(gap - left)}100 %`];
}
