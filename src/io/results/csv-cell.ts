const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A text as a CSV cell (RFC 4180) that a spreadsheet does not take for a formula: one that begins with = + - @, a tab,
 * CR or LF gets a leading apostrophe unless it is a number.
 */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) && !isNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A number as a CSV cell: the shortest text that reads back to the same bits, empty for NaN. */
export function csvNumber(value: number): string {
  return Number.isNaN(value) ? '' : Object.is(value, -0) ? '-0' : String(value);
}
