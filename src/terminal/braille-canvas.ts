/** Bit of each dot of a braille character, by row and column. */
const dots = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/** A canvas of width×height characters, each of 2×4 dots; (0, 0) is the lower left corner of the unit square. */
export class BrailleCanvas {
  readonly #cells: Uint8Array;
  readonly #marks = new Map<number, string>();

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#cells = new Uint8Array(width * height);
  }

  /** Sets the dot at (x, y), both in 0 … 1. */
  point(x: number, y: number): void {
    const column = Math.min(this.width * 2 - 1, Math.floor(x * this.width * 2));
    const row = this.height * 4 - 1 - Math.min(this.height * 4 - 1, Math.floor(y * this.height * 4));
    this.#cells[(row >> 2) * this.width + (column >> 1)] |= dots[row & 3][column & 1];
  }

  /** A line between two points of the unit square, every `step`-th dot of it. */
  line(x0: number, y0: number, x1: number, y1: number, step = 1): void {
    const length = Math.max(Math.abs(x1 - x0) * this.width * 2, Math.abs(y1 - y0) * this.height * 4);
    const count = Math.ceil(length / step);
    for (let i = 0; i <= count; i++) {
      const t = count === 0 ? 0 : i / count;
      this.point(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t);
    }
  }

  /** Puts a character over the cell at (x, y). */
  mark(x: number, y: number, character: string): void {
    const column = Math.min(this.width - 1, Math.floor(x * this.width));
    const row = this.height - 1 - Math.min(this.height - 1, Math.floor(y * this.height));
    this.#marks.set(row * this.width + column, character);
  }

  /** The canvas as lines, top first. */
  lines(): string[] {
    return Array.from({ length: this.height }, (_, row) => {
      let line = '';
      for (let column = 0; column < this.width; column++) {
        const cell = row * this.width + column;
        line += this.#marks.get(cell) ?? (this.#cells[cell] ? String.fromCodePoint(0x2800 + this.#cells[cell]) : ' ');
      }
      return line;
    });
  }
}
