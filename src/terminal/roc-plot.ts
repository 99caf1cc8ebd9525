import type { PanelData } from '../schema/panels/registry.js';
import { BrailleCanvas } from './braille-canvas.js';
import { formatPercent } from './number-format.js';
import type { Style } from './style.js';

/** A point of the curve to mark: where the model stands at its decision threshold. */
export interface OperatingPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** The ROC curve in text: false positive rate to the right, detection rate upwards, the chance diagonal dotted. */
export function rocPlot(
  curve: PanelData<'roc-curve'>,
  operating: OperatingPoint | null,
  style: Style,
  size = { width: 44, height: 12 },
): string[] {
  const canvas = new BrailleCanvas(size.width, size.height);
  canvas.line(0, 0, 1, 1, 4);
  const { falsePositiveRate: x, truePositiveRate: y } = curve;
  for (let i = 1; i < x.length; i++) canvas.line(x[i - 1], y[i - 1], x[i], y[i]);
  if (operating) canvas.mark(operating.falsePositiveRate, operating.truePositiveRate, '●');
  const body = canvas.lines().map((line, row) => {
    const tick =
      row === 0 ? '100 %' : row === size.height - 1 ? '0 %' : row === Math.floor(size.height / 2) ? '50 %' : '';
    return `${tick.padStart(6)} │${style.all(line)}│`;
  });
  const axis = `${' '.repeat(7)}└${'─'.repeat(size.width)}┘`;
  const middle = 'false positive rate';
  const gap = size.width - 3 - 5 - middle.length;
  const left = Math.floor(gap / 2);
  const labels = `${' '.repeat(8)}0 %${' '.repeat(left)}${middle}${' '.repeat(gap - left)}100 %`;
  const caption = operating
    ? [
        `${' '.repeat(8)}● at the threshold: ${formatPercent(operating.truePositiveRate)} detected, ${formatPercent(operating.falsePositiveRate)} false positives`,
      ]
    : [];
  return [...body, axis, labels, ...caption];
}
