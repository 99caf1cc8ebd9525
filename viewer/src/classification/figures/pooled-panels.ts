import type { PanelData } from '../../../../src/schema/panels/registry.js';

/** The matrices of several folds as one; a class that a fold has not seen counts nothing there. Needs one or more. */
export function pooledConfusion(panels: readonly PanelData<'confusion'>[]): PanelData<'confusion'> {
  const classes = [...new Set(panels.flatMap((panel) => panel.classes))];
  const index = new Map(classes.map((name, k) => [name, k]));
  const matrix = classes.map(() => new Array<number>(classes.length).fill(0));
  for (const panel of panels) {
    const places = panel.classes.map((name) => index.get(name) ?? 0);
    panel.matrix.forEach((row, i) => {
      row.forEach((count, j) => {
        matrix[places[i]][places[j]] += count;
      });
    });
  }
  return { threshold: panels[0].threshold, classes, matrix };
}

/** The histograms of several folds as one; null where their bins differ. */
export function pooledHistogram(panels: readonly PanelData<'histogram'>[]): PanelData<'histogram'> | null {
  const [{ edges, scale }] = panels;
  if (panels.some((panel) => panel.edges.join() !== edges.join())) return null;
  const names = [...new Set(panels.flatMap(({ groups }) => groups.map(({ name }) => name)))];
  const groups = names.map((name) => {
    const counts = new Array<number>(edges.length - 1).fill(0);
    for (const panel of panels) {
      const group = panel.groups.find((one) => one.name === name);
      group?.counts.forEach((count, bin) => {
        counts[bin] += count;
      });
    }
    return { name, counts };
  });
  return { scale, edges, groups };
}
