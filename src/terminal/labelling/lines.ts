import { beginning, textCells } from './cells.js';

/** What a piece of text means; the colours are chosen when it is drawn. */
export type Tone = 'plain' | 'title' | 'quiet' | 'malicious' | 'benign' | 'all' | 'uncertain';

/** A piece of a line. Its text is ready to print: data goes through `dataText` before. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** A line of the screen. */
export type Line = readonly Span[];

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A piece of a line. */
export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });

/** A line of one piece. */
export const lineOf = (text: string, tone: Tone = 'plain'): Line => [span(text, tone)];

/** Columns that a line takes. */
export const lineCells = (line: Line): number => line.reduce((cells, { text }) => cells + textCells(text), 0);

/** A line of at most `width` columns. */
export function fitLine(line: Line, width: number): Line {
  if (lineCells(line) <= width) return line;
  const kept: Span[] = [];
  let room = width;
  for (const piece of line) {
    const cells = textCells(piece.text);
    if (cells >= room) {
      // The cut is told even where a piece ends just at the margin.
      kept.push(span(`${beginning(piece.text, room - 1)}…`, piece.tone));
      break;
    }
    kept.push(piece);
    room -= cells;
  }
  return width < 1 ? [] : kept;
}

/** A line with one text at its left and another at its right; where both are too long the left one is cut. */
export function spread(left: Line, right: Line, width: number): Line {
  const room = width - lineCells(right) - 1;
  if (room < 1) return fitLine(left, width);
  const cut = fitLine(left, room);
  return [...cut, span(' '.repeat(width - lineCells(cut) - lineCells(right))), ...right];
}

/** `items` in their order on lines of `width` columns, `gap` between them; those that `rows` lines cannot take are left. */
export function fillLines(items: readonly Line[], width: number, rows: number, gap = 2): Line[] {
  const lines: Line[] = [];
  let line: Span[] = [];
  for (const item of items) {
    if (line.length > 0 && lineCells(line) + gap + lineCells(item) > width) {
      lines.push(line);
      line = [];
    }
    if (lines.length === rows) return lines;
    if (line.length > 0) line.push(span(' '.repeat(gap)));
    line.push(...fitLine(item, width));
  }
  return [...lines, line];
}
