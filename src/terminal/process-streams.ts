/** How the process was asked to stop; polled by the work. */
export interface InterruptSignal {
  readonly cancelled: boolean;
}

/** The first Ctrl-C (or TERM) asks the work to stop and clean up; the second ends the process at once with 130. */
export function cancelOnInterrupt(owner: NodeJS.Process): InterruptSignal {
  let cancelled = false;
  const stop = (): void => {
    if (cancelled) owner.exit(130);
    cancelled = true;
    owner.stderr.write('\nstopping… (Ctrl-C again to stop at once)\n');
  };
  owner.on('SIGINT', stop);
  owner.on('SIGTERM', stop);
  return {
    get cancelled() {
      return cancelled;
    },
  };
}

/** Why output was lost, for other reasons than a reader that went away; undefined if it was not. */
export type OutputWatch = () => NodeJS.ErrnoException | undefined;

/**
 * Keeps a stream that fails from ending the process: the work goes on, its files are written and its verdict is the
 * exit code. A reader that went away (`secuml … | head`) is no fault; a full disk is one, to be told at the end.
 */
export function watchOutput(owner: NodeJS.Process): OutputWatch {
  let failure: NodeJS.ErrnoException | undefined;
  for (const stream of [owner.stdout, owner.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') failure ??= error;
    });
  }
  return () => failure;
}

/** Resolves when all that was written has left the process: ending it earlier would cut a long result short. */
export function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
