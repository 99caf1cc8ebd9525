import type { FaultList } from '../faults.js';

/**
 * The places of columns in a header; adds a fault and returns undefined if one of `required` is missing. `optional`
 * ones that are absent have place -1.
 */
export function columnPlaces<K extends string>(
  names: readonly string[],
  required: readonly K[],
  optional: readonly K[],
  shown: string,
  faults: FaultList,
): Record<K, number> | undefined {
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const separator = names.length === 1 ? [';', '\t', '|'].find((mark) => names[0].includes(mark)) : undefined;
    const found = `the header ${names.slice(0, 8).join(',')}${names.length > 8 ? ',…' : ''}`;
    const expected = separator
      ? `columns separated by commas, not by ${separator === '\t' ? 'tabs' : `"${separator}"`}`
      : `the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`;
    faults.add({ file: shown, line: 1, found, expected });
    return undefined;
  }
  return Object.fromEntries([...required, ...optional].map((name) => [name, names.indexOf(name)])) as Record<K, number>;
}
