/** `value` with every text in it cut to `most` characters in the middle, which keeps the telling end of a path. */
export function shortenTexts<T>(value: T, most: number): T {
  return shorten(value, most) as T;
}

function shorten(value: unknown, most: number): unknown {
  if (typeof value === 'string') return shortenText(value, most);
  if (Array.isArray(value)) {
    // Long lists are lists of numbers, which stay as they are.
    return typeof value[0] === 'number' ? value : value.map((item) => shorten(item, most));
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shorten(item, most)]));
  }
  return value;
}

function shortenText(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.ceil((most - 1) * 0.6);
  const start = text.slice(0, head).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(text.length - (most - 1 - head)).replace(/^[\uDC00-\uDFFF]/, '');
  return `${start}…${end}`;
}
