/** `text.trim()`, without the call where the text begins and ends with visible ASCII, as nearly every cell does. */
export function trimmed(text: string): string {
  return isVisible(text.charCodeAt(0)) && isVisible(text.charCodeAt(text.length - 1)) ? text : text.trim();
}

function isVisible(code: number): boolean {
  return code > 32 && code < 127;
}
