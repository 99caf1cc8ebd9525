import { DataError } from '../../errors.js';

/** What stands before the rows of an ARFF file (https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/). */
export interface ArffHeader {
  /** Names of the attributes, in their order. */
  readonly names: readonly string[];
  /** What a sparse row means where it leaves an attribute out: 0, the first of a list of values, a blank. */
  readonly defaults: readonly string[];
  /** Lines up to `@data`, which is the last of them. */
  readonly lines: number;
}

/** What is wrong with a row; the line is known to who reads them. */
export interface ArffProblem {
  readonly found: string;
  readonly expected: string;
}

interface Cell {
  readonly text: string;
  /** Where what follows the cell begins: a separator, or the end. */
  readonly end: number;
}

const commentOrBlank = /^\s*(%|$)/;

/** Whether the first line of a text, but for blank ones and comments, is `@relation`. */
export function isArff(text: string): boolean {
  return /^(?:[ \t\r]*(?:%.*)?\n)*[ \t]*@relation\b/i.test(text);
}

/**
 * The header of an ARFF file. Throws DataError, naming the line, where an attribute cannot be read, and where `@data` is
 * not among the lines.
 * @param text whole lines
 */
export function arffHeader(text: string, shown: string): ArffHeader {
  const names: string[] = [];
  const defaults: string[] = [];
  let line = 0;
  for (let p = 0; p < text.length; ) {
    const end = text.indexOf('\n', p);
    const content = text.slice(p, end).trim();
    p = end + 1;
    line++;
    if (commentOrBlank.test(content) || /^@relation\b/i.test(content)) continue;
    if (/^@data$/i.test(content)) return { names, defaults, lines: line };
    const attribute = attributeOf(content);
    if (!attribute) {
      const expected = '@attribute NAME TYPE with a type of numeric, {a, b}, string or date; or @data';
      throw new DataError([{ file: shown, line, found: `"${content.slice(0, 100)}"`, expected }]);
    }
    names.push(attribute.name);
    defaults.push(attribute.default);
  }
  const expected = '@data before the rows, in the first megabyte of the file';
  throw new DataError([{ file: shown, line, found: 'no line "@data"', expected }]);
}

function attributeOf(content: string): { name: string; default: string } | undefined {
  const declared = /^@attribute\s+(.*)/i.exec(content)?.[1];
  const name = declared && readCell(declared, 0, ' \t{');
  if (!name) return undefined;
  const type = declared.slice(name.end).trim();
  if (/^(numeric|real|integer)$/i.test(type)) return { name: name.text, default: '0' };
  if (/^(string|date\b.*)$/i.test(type)) return { name: name.text, default: '' };
  const first = /^\{.*\}$/.test(type) ? readCell(type.slice(0, -1), 1, ',') : undefined;
  return first && { name: name.text, default: first.text };
}

/**
 * The cells of a line after `@data`, separated by commas, or by tabs where there is no comma; as many as there are
 * attributes if it is sparse; undefined for a comment or a blank line. What is missing stays `?`. The weight of an instance, a number in braces at the end, is left out.
 */
export function arffRow(line: string, { names, defaults }: ArffHeader): readonly string[] | ArffProblem | undefined {
  if (commentOrBlank.test(line)) return undefined;
  const unweighted = line.replace(/,\s*\{[^{}]*\}\s*$/, '').trim();
  if (unweighted.startsWith('{')) return sparseRow(unweighted, names.length, defaults);
  const separator = unweighted.includes(',') ? ',' : '\t';
  const cells: string[] = [];
  for (let p = 0; p <= unweighted.length; ) {
    const cell = readCell(unweighted, p, separator);
    if (!cell) return openQuote;
    cells.push(cell.text);
    p = cell.end + 1;
  }
  return cells;
}

const openQuote: ArffProblem = { found: 'a quote that is never closed', expected: 'a closing quote' };

/** `{1 X, 3 Y}`: places from 0 on with their values, all others left at their defaults. */
function sparseRow(row: string, attributes: number, defaults: readonly string[]): readonly string[] | ArffProblem {
  const cells = [...defaults];
  if (!row.endsWith('}')) return { found: 'a sparse row without its closing brace', expected: '{place value, …}' };
  const inside = row.slice(1, -1);
  for (let p = 0; inside.slice(p).trim() !== ''; ) {
    const place = /^\s*(\d+)\s+/.exec(inside.slice(p));
    if (!place || Number(place[1]) >= attributes) {
      const found = `"${inside.slice(p, p + 40)}" in a sparse row`;
      return { found, expected: `a place from 0 to ${attributes - 1}, a blank and a value` };
    }
    const cell = readCell(inside, p + place[0].length, ',');
    if (!cell) return openQuote;
    cells[Number(place[1])] = cell.text;
    p = cell.end + 1;
  }
  return cells;
}

/**
 * The cell that begins at `from` and ends before one of the separators: bare, or in single or double quotes with
 * backslashes before what would end it. Undefined for a quote that is never closed, and for text after a closed one.
 */
function readCell(text: string, from: number, separators: string): Cell | undefined {
  let p = from;
  const blank = (char: string): boolean => (char === ' ' || char === '\t') && !separators.includes(char);
  while (blank(text[p])) p++;
  const quote = text[p];
  if (quote !== "'" && quote !== '"') {
    let end = p;
    while (end < text.length && !separators.includes(text[end])) end++;
    return { text: text.slice(p, end).trim(), end };
  }
  const start = p + 1;
  for (p = start; p < text.length && text[p] !== quote; ) p += text[p] === '\\' ? 2 : 1;
  if (p >= text.length) return undefined;
  const quoted = text.slice(start, p).replace(/\\(.)/g, '$1');
  do p++;
  while (blank(text[p]));
  return p === text.length || separators.includes(text[p]) ? { text: quoted, end: p } : undefined;
}
