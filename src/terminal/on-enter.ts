import { readFileSync } from 'node:fs';

/**
 * Calls `work` at each line that a person enters; returns what ends it. Undefined where there is nobody to ask: no
 * terminal, or a process in the background, which the kernel would stop for reading.
 */
export function onEnter(stdin: NodeJS.ReadStream, work: () => void): (() => void) | undefined {
  if (!stdin.isTTY || !inForeground()) return undefined;
  stdin.on('data', work);
  stdin.resume();
  return () => {
    stdin.off('data', work);
    stdin.pause();
  };
}

/** Whether the terminal's foreground group is ours; taken for granted where the system does not tell. */
function inForeground(): boolean {
  try {
    const line = readFileSync('/proc/self/stat', 'utf8');
    // The second field, in parentheses, may hold anything; then: state, parent, group, session, terminal, its group.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    return true;
  }
}
