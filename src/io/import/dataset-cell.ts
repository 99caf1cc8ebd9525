/**
 * A text as a cell of a dataset's file (RFC 4180). It is data, to be read back as it is: nothing is put before a formula
 * here, as is done in exports for spreadsheets.
 */
export function datasetCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
