const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Full-width = + - @, which some spreadsheets take for the plain ones. */
const wideSigns: readonly number[] = [0xff1d, 0xff0b, 0xff0d, 0xff20];

/** What may be a formula behind a character at which spreadsheets of other countries begin a cell, quoted or not. */
const laterFormula = /([;\t\r\n][" ]*)([=+\-@\uff1d\uff0b\uff0d\uff20][^;\t\r\n]*)/g;

/**
 * A text as a CSV cell (RFC 4180) that a spreadsheet does not take for a formula: one that begins with = + - @ (in full
 * width, too), a tab, CR or LF gets a leading apostrophe unless it is a number. So does what follows a semicolon, a tab or
 * a line end inside of a text: where the comma is the decimal sign, a spreadsheet that opens the file splits its lines
 * there, and quotes in the middle of a cell do not hold it back. O(characters).
 */
export function csvText(text: string): string {
  // Nearly every text is plain: one look at its characters tells, where patterns would each go over it.
  let plain = true;
  let splits = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSpecial(code)) plain = false;
    if (code === 59 || code === 9) splits = true;
  }
  if (plain && !splits && !startsFormula(text.charCodeAt(0))) return text;
  const first = startsFormula(text.charCodeAt(0)) && !isNumber.test(text) ? `'${text}` : text;
  const safe = first.replace(laterFormula, (all, start: string, cell: string) =>
    isNumber.test(cell) ? all : `${start}'${cell}`,
  );
  return plain ? safe : `"${safe.replaceAll('"', '""')}"`;
}

/** One of = + - @, their full-width forms, a tab, CR or LF. */
function startsFormula(code: number): boolean {
  if (code > 64) return code >= 0xff0b && wideSigns.includes(code);
  return code === 61 || code === 43 || code === 45 || code === 64 || code === 9 || code === 13 || code === 10;
}

/** A quote, a comma, CR or LF: the cell needs quotes around it. */
function isSpecial(code: number): boolean {
  return code === 34 || code === 44 || code === 13 || code === 10;
}

/** A number as a CSV cell: the shortest text that reads back to the same bits, empty for NaN. */
export function csvNumber(value: number): string {
  return Number.isNaN(value) ? '' : Object.is(value, -0) ? '-0' : String(value);
}
