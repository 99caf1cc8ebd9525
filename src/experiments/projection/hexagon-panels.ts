import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import { hexagons } from '../../ml/projection/hexagons.js';
import type { PanelOf } from '../../schema/result-document.js';
import { componentPair, type LabelWord } from '../../schema/vocabulary.js';

/** Pairs of the first components are drawn. */
const drawnComponents = 10;
/** Instances of a hexagon that are named, and families. */
const namedMembers = 5;
const namedFamilies = 3;

type Hexagon = PanelOf<'hexagons'>['data']['hexagons'][number];

/** Each pair of the first ten components as hexagons; one component alone against itself. */
export function hexagonPanels(
  dataset: Dataset,
  labels: LabelColumn | undefined,
  coordinates: Float64Array,
  components: number,
): PanelOf<'hexagons'>[] {
  const n = dataset.ids.length;
  const columns = Array.from({ length: Math.min(components, drawnComponents) }, (_, c) =>
    Float64Array.from({ length: n }, (_unused, i) => coordinates[i * components + c]),
  );
  const panels: PanelOf<'hexagons'>[] = [];
  for (let x = 0; x < columns.length; x++) {
    for (let y = x + Number(columns.length > 1); y < columns.length; y++) {
      // One component is a line: it is drawn along x.
      const across = columns.length > 1 ? columns[y] : new Float64Array(n);
      const { hexagon, u, v, ...scale } = hexagons(columns[x], across);
      const members: number[][] = Array.from(u, () => []);
      hexagon.forEach((number, row) => {
        members[number].push(row);
      });
      const data = {
        x: x + 1,
        y: y + 1,
        xRange: [...scale.xRange] as [number, number],
        yRange: [...scale.yRange] as [number, number],
        unit: [...scale.unit] as [number, number],
        hexagons: members.map((rows, number) => ({ u: u[number], v: v[number], ...facts(dataset, labels, rows) })),
      };
      const part = componentPair(x + 1, y + 1);
      const title = `Components ${x + 1} and ${y + 1}`;
      panels.push({ kind: 'hexagons', id: `hexagons:${part}`, title, part, data });
    }
  }
  return panels;
}

function facts(dataset: Dataset, labels: LabelColumn | undefined, rows: readonly number[]): Omit<Hexagon, 'u' | 'v'> {
  let [malicious, benign] = [0, 0];
  const families = new Map<number, { family: string; label: LabelWord; instances: number }>();
  for (const row of rows) {
    const word = wordOf(labels, row);
    if (word === null) continue;
    if (word === 'malicious') malicious++;
    else benign++;
    const family = familyOf(labels, row);
    if (family === null) continue;
    const key = 2 * (labels?.family[row] ?? 0) + Number(word === 'malicious');
    const known = families.get(key);
    if (known) known.instances++;
    else families.set(key, { family, label: word, instances: 1 });
  }
  const largest = [...families.values()].sort(
    (a, b) =>
      b.instances - a.instances || (a.family < b.family ? -1 : a.family > b.family ? 1 : a.label < b.label ? -1 : 1),
  );
  const named = Math.min(rows.length, namedMembers);
  return {
    instances: rows.length,
    malicious,
    benign,
    families: largest.slice(0, namedFamilies),
    members: Array.from({ length: named }, (_, k) => {
      const row = rows[Math.floor((k * rows.length) / named)];
      const [label, family] = [wordOf(labels, row), familyOf(labels, row)];
      return { instanceId: dataset.ids[row], ident: dataset.idents[row], label, family };
    }),
  };
}

function wordOf(labels: LabelColumn | undefined, row: number): LabelWord | null {
  const label = labels?.label[row] ?? -1;
  return label === 1 ? 'malicious' : label === 0 ? 'benign' : null;
}

function familyOf(labels: LabelColumn | undefined, row: number): string | null {
  return labels?.families[labels.family[row]] || null;
}
