/** Lines of a panel: they meet four others at once. */
export const panelLines = 4;

/** Panels that hold so many lines; of the last, lines may be left over. */
export const panelsOf = (lines: number): number => Math.ceil(lines / panelLines);

/**
 * Writes a line into panels as the kernel takes them: cell k of the o-th of a panel's lines at 4·k + o, the panels one
 * after the other.
 * @param panels room for panelsOf(lines)·4·width doubles
 * @param line which of the lines, from 0
 * @param cells holds the line from `at` on
 */
export function putLine(panels: Float64Array, line: number, width: number, cells: Float64Array, at: number): void {
  const inPanel = line % panelLines;
  let to = (line - inPanel) * width + inPanel;
  for (let k = 0; k < width; k++, to += panelLines) panels[to] = cells[at + k];
}
