/** What the operating system's signals do to the screen. */
export interface SignalHandlers {
  /** Interrupted, asked to end, or the terminal is gone. */
  stop(): void;
  /** Before the process is stopped: gives the terminal back. */
  suspend(): void;
  /** After it goes on: takes the terminal again. */
  resume(): void;
  /** The process ends, whatever the reason; nothing asynchronous happens any more. */
  exit(): void;
}

/** Milliseconds after which a process that was not stopped after all goes on. */
const unstopped = 100;

/** Listens to the signals of a process, and stops it when the person wants its shell back. */
export class ProcessSignals {
  readonly #owner: NodeJS.Process;
  readonly #handlers: SignalHandlers;
  readonly #suspend = (): void => this.#stopProcess(this.#owner.pid);
  readonly #resume = (): void => this.#goOn();
  #suspended = false;

  constructor(owner: NodeJS.Process, handlers: SignalHandlers) {
    this.#owner = owner;
    this.#handlers = handlers;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) owner.on(name, handlers.stop);
    owner.on('SIGTSTP', this.#suspend);
    owner.on('SIGCONT', this.#resume);
    owner.on('exit', handlers.exit);
  }

  /** Stops the process and those it was started with, as Ctrl-Z does where the terminal is not raw. */
  suspend(): void {
    this.#stopProcess(0);
  }

  /** Listens no more. */
  end(): void {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) this.#owner.off(name, this.#handlers.stop);
    this.#owner.off('SIGTSTP', this.#suspend);
    this.#owner.off('SIGCONT', this.#resume);
    this.#owner.off('exit', this.#handlers.exit);
  }

  #stopProcess(target: number): void {
    if (this.#suspended) return;
    this.#suspended = true;
    this.#handlers.suspend();
    // Without a listener the signal does what it does by itself: it stops the process.
    this.#owner.off('SIGTSTP', this.#suspend);
    this.#owner.kill(target, 'SIGTSTP');
    // A process that no shell controls is not stopped: then it goes on by itself.
    setTimeout(() => this.#goOn(), unstopped);
  }

  #goOn(): void {
    if (!this.#suspended) return;
    this.#suspended = false;
    this.#owner.on('SIGTSTP', this.#suspend);
    this.#handlers.resume();
  }
}
