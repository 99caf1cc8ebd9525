import { createInterface, type Interface } from 'node:readline';

/** Lines of a stream, to be looked at before they are taken. */
export class LineQueue {
  readonly #lines: string[] = [];
  readonly #reader: Interface;
  readonly #changed: () => void;
  #ended = false;

  /** `changed` is called for every line, and at the end. */
  constructor(input: NodeJS.ReadableStream, changed: () => void) {
    this.#changed = changed;
    // The terminal's own editing of lines: what a screen reader knows.
    this.#reader = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
    this.#reader.on('line', (line) => {
      this.#lines.push(line);
      this.#changed();
    });
    this.#reader.on('close', () => {
      this.#ended = true;
      this.#changed();
    });
  }

  /** The line that comes next, if it has come. */
  get first(): string | undefined {
    return this.#lines[0];
  }

  /** Whether no line will come any more. */
  get ended(): boolean {
    return this.#ended && this.#lines.length === 0;
  }

  take(): string | undefined {
    return this.#lines.shift();
  }

  close(): void {
    this.#reader.close();
  }
}
