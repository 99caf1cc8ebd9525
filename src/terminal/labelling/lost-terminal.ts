import { isatty } from 'node:tty';

/** Milliseconds from the end of the input to the signal that says why. */
const grace = 200;
/** Its descriptor: what people type at is the standard input. */
const standardInput = 0;

/**
 * Watches for a terminal that goes away: a connection that broke. Then it must not be set back, and the process ends as
 * one does that never listened: by SIGHUP, after it has cleaned up. Node 20 sets its terminal back when it ends, and
 * takes it for a fault of its own that this fails: the process would end with SIGABRT and a core dump.
 */
export class TerminalWatch {
  readonly #owner: NodeJS.Process;
  readonly #input: NodeJS.ReadStream;
  readonly #raw: boolean;
  readonly #stop: () => void;
  #ended = false;
  #failed = false;

  /** `stop` is called when the terminal is gone; `raw`: no key of the person ends the input. */
  constructor(owner: NodeJS.Process, input: NodeJS.ReadStream, raw: boolean, stop: () => void) {
    this.#owner = owner;
    this.#input = input;
    this.#raw = raw;
    this.#stop = stop;
    input.on('end', this.#end);
    input.on('error', this.#fail);
  }

  /** Whether there was a terminal, and is none any more. */
  get lost(): boolean {
    if (!this.#input.isTTY) return false;
    return this.#failed || (this.#raw && this.#ended) || !isatty(standardInput);
  }

  /** Watches no more; ends the process by SIGHUP in its last moment where the terminal is gone. */
  async finish(): Promise<void> {
    // Ctrl-D looks like the end of a terminal, and the input may end a moment before its terminal does.
    if (this.#input.isTTY && this.#ended && !this.lost) await new Promise((resolve) => setTimeout(resolve, grace));
    this.#input.off('end', this.#end);
    if (!this.lost) {
      this.#input.off('error', this.#fail);
      return;
    }
    this.#owner.once('exit', () => {
      this.#owner.removeAllListeners('SIGHUP');
      this.#owner.kill(this.#owner.pid, 'SIGHUP');
    });
  }

  readonly #end = (): void => {
    this.#ended = true;
    if (this.#raw) this.#stop();
  };

  readonly #fail = (): void => {
    this.#failed = true;
    this.#stop();
  };
}
