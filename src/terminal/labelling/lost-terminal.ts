import { isatty } from 'node:tty';

/**
 * Where the terminal is gone (a connection that broke), lets the process end as one does that never listened: by SIGHUP,
 * after it has cleaned up. Node 20 sets its terminal back when it ends, and takes it for a fault of its own that this
 * fails: the process would end with SIGABRT and a core dump.
 */
export function endAsHungUp(owner: NodeJS.Process, input: NodeJS.ReadStream): void {
  if (!isLost(input)) return;
  owner.once('exit', () => {
    owner.removeAllListeners('SIGHUP');
    owner.kill(owner.pid, 'SIGHUP');
  });
}

/** Whether a stream was a terminal that is gone. */
export function isLost(input: NodeJS.ReadStream): boolean {
  return input.isTTY && (input.destroyed || !isatty(0));
}
