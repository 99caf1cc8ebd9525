import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { LabelWord } from '../../../src/schema/vocabulary.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';

export type HexagonPicture = PanelData<'hexagons'>;
export type Hexagon = HexagonPicture['hexagons'][number];

/** A family that has a colour of its own, and the letter that tells it without. */
export interface MarkedFamily {
  readonly family: string;
  readonly label: LabelWord;
  readonly mark: string;
  /** The class of what it colours. */
  readonly colour: string;
}

/** So many can be told apart. */
const mostFamilies = 8;

/** The largest families of a picture, as far as its hexagons name them. */
export function markedFamilies({ hexagons }: HexagonPicture): MarkedFamily[] {
  const sums = new Map<string, { family: string; label: LabelWord; instances: number }>();
  for (const { families } of hexagons) {
    for (const { family, label, instances } of families) {
      const key = `${label} ${family}`;
      sums.set(key, { family, label, instances: (sums.get(key)?.instances ?? 0) + instances });
    }
  }
  return [...sums.values()]
    .sort((a, b) => b.instances - a.instances || (a.family < b.family ? -1 : 1))
    .slice(0, mostFamilies)
    .map(({ family, label }, k) => ({ family, label, mark: String.fromCharCode(65 + k), colour: `family-${k + 1}` }));
}

/** The family that a hexagon holds most of, if it has a colour of its own. */
export function leadingFamily({ families }: Hexagon, marked: readonly MarkedFamily[]): MarkedFamily | undefined {
  const [first] = families;
  return first && marked.find(({ family, label }) => family === first.family && label === first.label);
}

/** What is in a hexagon, in words. */
export function hexagonText({ instances, malicious, benign, families }: Hexagon): string {
  const labelled = malicious + benign;
  const of =
    labelled === 0
      ? 'no label'
      : `${formatPercent(malicious / labelled)} of ${formatCount(labelled)} labelled malicious`;
  const named = families.map(({ family, instances: count }) => `${visibleText(family)} ${formatCount(count)}`);
  return [`${formatCount(instances)} ${instances === 1 ? 'instance' : 'instances'}, ${of}`, ...named].join('\n');
}
