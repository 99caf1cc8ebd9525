import type { Ora } from 'ora';

/** Progress of long work on stderr. */
export interface ProgressReporter {
  update(done: number, total: number, note?: string): void;
  /** A line of its own, kept. */
  note(text: string): void;
  end(): void;
}

/**
 * A spinner on a real terminal (ora floods a terminal of 0 columns), a line per 10 % elsewhere, nothing when quiet.
 */
export function progressReporter(
  stream: NodeJS.WriteStream,
  environment: NodeJS.ProcessEnv,
  quiet: boolean,
): ProgressReporter {
  if (quiet) return { update: () => {}, note: () => {}, end: () => {} };
  const live = stream.isTTY && stream.columns > 0 && !environment.CI && environment.TERM !== 'dumb';
  return live ? spinnerReporter(stream) : lineReporter(stream);
}

/** ora takes 40 ms of CPU to load: it is loaded beside the work, and only where there is a terminal to turn on. */
function spinnerReporter(stream: NodeJS.WriteStream): ProgressReporter {
  let text: string | undefined;
  let spinner: Ora | undefined;
  const loaded = import('ora');
  const start = async (): Promise<void> => {
    const { default: ora } = await loaded;
    // Meanwhile it may have been stopped, or stopped and started by another.
    if (text !== undefined) spinner ??= ora({ stream, isEnabled: true, discardStdin: false, text }).start();
  };
  const show = (shown: string): void => {
    if (text === undefined) void start();
    text = shown;
    if (spinner) spinner.text = shown;
  };
  const stop = (): void => {
    text = undefined;
    spinner?.stop();
    spinner = undefined;
  };
  return {
    update: (done, total, note = 'working') =>
      show(total > 1 ? `${note} ${bar(done / total)} ${done}/${total}` : `${note}…`),
    note: (line) => {
      stop();
      stream.write(`${line}\n`);
    },
    end: stop,
  };
}

function bar(share: number, width = 20): string {
  const full = Math.round(share * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

function lineReporter(stream: NodeJS.WriteStream): ProgressReporter {
  let lastNote = '';
  let lastTenth = 0;
  return {
    update: (done, total, note = 'working') => {
      const tenth = total > 0 ? Math.floor((done / total) * 10) : 0;
      if (note === lastNote && tenth <= lastTenth) return;
      stream.write(total > 1 ? `${note}: ${done}/${total}\n` : note === lastNote ? '' : `${note}\n`);
      lastNote = note;
      lastTenth = tenth;
    },
    note: (text) => stream.write(`${text}\n`),
    end: () => {},
  };
}
