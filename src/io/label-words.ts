/** What a label cell may say, for messages. */
export const labelForms = 'malicious or benign (or 1/0, true/false)';

/** 1 malicious, 0 benign, -1 for a blank cell; undefined for any other word. Case and blanks around do not matter. */
export function parseLabel(cell: string): 1 | 0 | -1 | undefined {
  // The usual spellings need no folding.
  if (cell === 'malicious') return 1;
  if (cell === 'benign') return 0;
  switch (cell.trim().toLowerCase()) {
    case 'malicious':
    case '1':
    case 'true':
      return 1;
    case 'benign':
    case '0':
    case 'false':
      return 0;
    case '':
      return -1;
    default:
      return undefined;
  }
}
