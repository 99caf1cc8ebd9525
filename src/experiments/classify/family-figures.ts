import { type FamilyRate, familyRates } from '../../ml/metrics/families.js';
import type { AnyPanel } from '../../schema/result-document.js';
import { headlinePart, headlineSegment } from '../../schema/vocabulary.js';
import type { LabelledPart } from './labelled-part.js';

/** So many families of a part are in the headline, the largest; all are in the panel. */
const headlineFamilies = 100;

export interface FamilyFigures {
  /** `<part>.family.<f>.recall` of malicious families, `.falsePositiveRate` of benign ones: the 100 largest. */
  readonly headline: Readonly<Record<string, number | null>>;
  /** The same of every family. */
  readonly all: Readonly<Record<string, number | null>>;
  readonly panel: AnyPanel;
}

/** How each family of a part fares at the decision threshold. */
export function familyFigures({
  of,
  families,
  threshold,
}: Pick<LabelledPart, 'of' | 'families' | 'threshold'>): FamilyFigures {
  const rates = familyRates(families, of.value, threshold);
  const entries = rates.map(({ family, malicious, rate }): [string, number | null] => {
    const figure = malicious ? 'recall' : 'falsePositiveRate';
    return [`${headlinePart(of.part)}.family.${headlineSegment(family)}.${figure}`, rate.value];
  });
  const data = { threshold, rows: rates.map(familyRow) };
  return {
    headline: Object.fromEntries(entries.slice(0, headlineFamilies)),
    all: Object.fromEntries(entries),
    panel: { kind: 'families', id: `families:${of.part}`, title: 'Families', part: of.part, data },
  };
}

function familyRow({ family, malicious, instances, calledMalicious, rate }: FamilyRate) {
  const label: 'malicious' | 'benign' = malicious ? 'malicious' : 'benign';
  return { family, label, instances, calledMalicious, rate };
}
