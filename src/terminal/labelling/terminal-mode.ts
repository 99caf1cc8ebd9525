import type { Size } from './lines.js';

/** Alternate screen, no cursor, no wrapping at the margin, pasted text in brackets; and all of it taken back. */
const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[2J';
const leave = '\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l';

/** What the size is taken for where the terminal does not tell it. */
const unknownSize: Size = { columns: 80, rows: 24 };

/** A terminal as a screen of lines. Entering and leaving may be repeated; what is the case already is not done again. */
export class TerminalMode {
  readonly #input: NodeJS.ReadStream;
  readonly #output: NodeJS.WriteStream;
  #on = false;
  /** The lines on the screen, as they were sent. */
  #drawn: string[] = [];

  constructor(input: NodeJS.ReadStream, output: NodeJS.WriteStream) {
    this.#input = input;
    this.#output = output;
  }

  get size(): Size {
    const { columns, rows } = this.#output;
    return { columns: columns || unknownSize.columns, rows: rows || unknownSize.rows };
  }

  enter(): void {
    if (this.#on) return;
    this.#on = true;
    this.#drawn = [];
    this.#input.setRawMode(true);
    this.#output.write(enter);
  }

  /** Gives the terminal back as it was, unless it is lost; works in the last moments of a process too. */
  leave(lost: boolean): void {
    if (!this.#on) return;
    this.#on = false;
    if (!lost) this.#output.write(leave);
    if (!lost) this.#input.setRawMode(false);
  }

  /** The next drawing sends every line. */
  forget(): void {
    this.#drawn = [];
    if (this.#on) this.#output.write('\x1b[2J');
  }

  /** Shows lines that fit the screen; sends those that differ from what is there. */
  draw(lines: readonly string[]): void {
    if (!this.#on) return;
    let sent = '';
    for (let row = 0; row < Math.max(lines.length, this.#drawn.length); row++) {
      const line = lines[row] ?? '';
      // Erased before it is written: after a full line the cursor stands on its last character.
      if (line !== this.#drawn[row]) sent += `\x1b[${row + 1};1H\x1b[0m\x1b[K${line}`;
    }
    this.#drawn = [...lines];
    if (sent !== '') this.#output.write(sent);
  }
}
