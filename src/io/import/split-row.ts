/** One row of delimited text taken apart. */
export interface SplitRow {
  /** Without the quotes; not trimmed. */
  readonly cells: string[];
  /** Where the next row begins. */
  readonly next: number;
  /** Lines that the row takes: more than one where quotes hold line feeds. */
  readonly lines: number;
}

/**
 * The row that begins at `start` of `text`, by RFC 4180 with any delimiter; undefined if a quote is open at the end.
 * `text` ends with a line feed. Quotes inside an unquoted cell are characters like any other, and what follows a closing
 * quote is kept, so that no text is lost.
 */
export function splitRow(text: string, start: number, delimiter: string): SplitRow | undefined {
  const cells: string[] = [];
  let lines = 1;
  for (let p = start; ; ) {
    let from = p;
    while (text[from] === ' ') from++;
    let quoted: string | undefined;
    if (text[from] === '"') {
      const close = closingQuote(text, from + 1);
      if (close < 0) return undefined;
      quoted = text.slice(from + 1, close).replaceAll('""', '"');
      for (let at = quoted.indexOf('\n'); at >= 0; at = quoted.indexOf('\n', at + 1)) lines++;
      p = close + 1;
    }
    const end = cellEnd(text, p, delimiter);
    const last = text[end] === '\n';
    const textEnd = last && end > p && text[end - 1] === '\r' ? end - 1 : end;
    const rest = text.slice(p, textEnd);
    cells.push(quoted === undefined ? rest : rest.trim() === '' ? quoted : quoted + rest);
    p = end + 1;
    if (last) return { cells, next: p, lines };
  }
}

/** The position of the quote that closes a cell, -1 if none does. A doubled quote stands for one. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function cellEnd(text: string, from: number, delimiter: string): number {
  let p = from;
  while (text[p] !== delimiter && text[p] !== '\n') p++;
  return p;
}
