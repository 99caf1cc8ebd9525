import type { AnyPanel } from '../../schema/result-document.js';
import { headlinePart } from '../../schema/vocabulary.js';
import { keptFigures } from './headline.js';
import type { JudgedPart, Rejection } from './judged-part.js';
import { rowsOfPart } from './judging.js';
import { type LabelledPart, labelledPart } from './labelled-part.js';
import { type Figures, partIndicators } from './part-indicators.js';
import { cutAt, leastCredibleFirst } from './rejection.js';
import type { ClassifySettings } from './settings.js';

export interface RejectionFigures {
  /** `<part>.rejected`, and `<part>.kept.<figure>` of what is left. */
  readonly headline: Readonly<Record<string, number | null>>;
  readonly panels: readonly AnyPanel[];
  readonly warnings: readonly string[];
}

const nothing: RejectionFigures = { headline: {}, panels: [], warnings: [] };

/** Shares of the part that the curve is drawn at. */
const shares = Array.from({ length: 20 }, (_, i) => i / 20);

/** What the part is without the predictions that are rejected; nothing without --reject. */
export function rejectionFigures(
  labelled: LabelledPart,
  figures: Figures,
  settings: ClassifySettings,
): RejectionFigures {
  const { of, threshold } = labelled;
  const { rejection, part } = of;
  if (!rejection || !settings.reject) return nothing;
  const count = rejection.rejected.reduce((sum, mark) => sum + mark, 0);
  const rows = Uint32Array.from(rejection.rejected.keys()).filter((row) => rejection.rejected[row] === 0);
  const keptPart = labelledPart(rowsOfPart(of, rows), threshold);
  const kept: Figures =
    keptPart.rows.length === 0
      ? {}
      : partIndicators(keptPart, settings.multiclass, { choice: 'none', seed: 0 }).figures;
  const unlike =
    rejection.credibility.filter((value) => value <= (settings.reject ?? 0)).length / Math.max(1, of.ids.length);
  const data = {
    share: settings.reject,
    instances: of.ids.length,
    rejected: count,
    unlikeTraining: unlike,
    figures: keptFigures.map((name) => ({ name, all: figures[name]?.value ?? null, kept: kept[name]?.value ?? null })),
    curve: accuracyCurve(of, rejection, threshold, settings),
  };
  const name = headlinePart(part);
  const headline = keptFigures.map((figure): [string, number | null] => [
    `${name}.kept.${figure}`,
    kept[figure]?.value ?? null,
  ]);
  return {
    headline: { [`${name}.rejected`]: count, ...Object.fromEntries(headline) },
    panels: [{ kind: 'rejection', id: `rejection:${part}`, title: 'Rejection', part, data }],
    warnings: unlikeWarning(part, unlike, settings.reject, of.ids.length),
  };
}

/** Accuracy of what is kept when more and more of the least credible is rejected. */
function accuracyCurve(of: JudgedPart, rejection: Rejection, threshold: number, { multiclass }: ClassifySettings) {
  const order = leastCredibleFirst(rejection);
  const right = rightOrWrong(of, threshold, multiclass);
  // From the most credible on: labelled rows so far, and right ones.
  const labelledFrom = new Float64Array(order.length + 1);
  const rightFrom = new Float64Array(order.length + 1);
  for (let k = order.length - 1; k >= 0; k--) {
    labelledFrom[k] = labelledFrom[k + 1] + Number(right[order[k]] >= 0);
    rightFrom[k] = rightFrom[k + 1] + Number(right[order[k]] === 1);
  }
  return shares.map((share) => {
    const cut = cutAt(rejection, order, share);
    return { rejected: share, accuracy: labelledFrom[cut] === 0 ? null : rightFrom[cut] / labelledFrom[cut] };
  });
}

/** 1 for a row that is called what it is, 0 for another, -1 without a label. */
function rightOrWrong(of: JudgedPart, threshold: number, multiclass: boolean): Int8Array {
  return of.truth.label.map((label, row) => {
    if (label === -1) return -1;
    if (multiclass) return Number(of.predictedClass[row] === of.trueClass[row]);
    return Number(Number(of.value[row] > threshold) === label);
  });
}

/** On data like that of the training as many predictions are little credible as the share says. */
function unlikeWarning(part: string, unlike: number, share: number, instances: number): string[] {
  // Three standard deviations of such a share, and a tenth of it, are no news.
  const expected = share * 1.1 + 3 * Math.sqrt((share * (1 - share)) / Math.max(1, instances));
  if (unlike <= expected) return [];
  const percent = (value: number): string => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
  return [
    `${part}: ${percent(unlike)} of the predictions are as little credible as ${percent(share)} would be on data like ` +
      `that of the training: the data has changed. ${percent(share)} are rejected; more may deserve it`,
  ];
}
