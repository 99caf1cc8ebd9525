const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Full-width = + - @, which some spreadsheets take for the plain ones. */
const wideSigns: readonly number[] = [0xff1d, 0xff0b, 0xff0d, 0xff20];

/**
 * A text as a CSV cell (RFC 4180) that a spreadsheet does not take for a formula: one that begins with = + - @ (in full
 * width, too), a tab, CR or LF gets a leading apostrophe unless it is a number.
 */
export function csvText(text: string): string {
  // Nearly every text is plain: one look at its characters tells, where two patterns would each go over it.
  let plain = true;
  for (let i = 0; plain && i < text.length; i++) plain = !isSpecial(text.charCodeAt(i));
  if (plain && !startsFormula(text.charCodeAt(0))) return text;
  const safe = startsFormula(text.charCodeAt(0)) && !isNumber.test(text) ? `'${text}` : text;
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
