/** Lines of at most `width` characters (24 if that is less), broken at blanks where there are some; further lines are indented. */
export function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + 1 + word.length > Math.max(24, width)) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${indent}`);
}
