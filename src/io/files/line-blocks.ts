import { DataError } from '../../errors.js';
import { type ByteSource, openByteSource } from './byte-source.js';

const lineFeed = 10;
const usualCapacity = 1 << 20;
/** Bytes that stay free: for the line feed that the last line may lack, and for a reader that looks one byte ahead. */
const spare = 2;
/** A single row may not be longer: a quote that is never closed must not swallow the machine's memory. */
const longestRow = 1 << 28;

/**
 * A file in blocks of whole lines. `bytes[begin … end)` ends with a line feed (one is added at the end of a file that
 * lacks it); a leading byte order mark is left out. A reader that needs more than the block holds (an open quote)
 * leaves the rest of it unconsumed.
 */
export class LineBlocks {
  private buffer: Uint8Array;
  private filled = 0;
  begin = 0;
  end = 0;
  /** No more bytes follow this block. */
  last = false;

  private constructor(
    private readonly source: ByteSource,
    private readonly shown: string,
    capacity: number,
  ) {
    this.buffer = new Uint8Array(capacity);
  }

  /**
   * Opens the file and its first block, of about `capacity` bytes or one line. Throws DataError for broken gzip, UTF-16
   * and an empty file.
   */
  static async open(path: string, shown: string, capacity = usualCapacity): Promise<LineBlocks> {
    return LineBlocks.of(await openByteSource(path, shown), shown, capacity);
  }

  /** The same of bytes that come from elsewhere. */
  static async of(source: ByteSource, shown: string, capacity = usualCapacity): Promise<LineBlocks> {
    const blocks = new LineBlocks(source, shown, capacity);
    try {
      await blocks.fill();
      blocks.checkStart();
    } catch (error) {
      await blocks.close();
      throw error;
    }
    return blocks;
  }

  get bytes(): Uint8Array {
    return this.buffer;
  }

  /**
   * Moves on to the next block, which begins at `consumed`; false if nothing is left. Where nothing was consumed (a row of
   * many lines), the block becomes at least twice as long, so that whoever begins it anew each time ends in linear time.
   */
  async next(consumed: number): Promise<boolean> {
    const atLeast = consumed === this.begin ? 2 * (this.end - this.begin) : 0;
    this.begin = consumed;
    if (this.last) return this.begin < this.end;
    this.buffer.copyWithin(0, this.begin, this.filled);
    this.filled -= this.begin;
    this.end -= this.begin;
    this.begin = 0;
    await this.fill(atLeast);
    return this.end > 0;
  }

  close(): Promise<void> {
    return this.source.close();
  }

  /** Reads until the block has grown by at least one whole line and to `atLeast` bytes, or to the end. */
  private async fill(atLeast = 0): Promise<void> {
    const linesBefore = this.end;
    // Behind the block's end there was no line feed: only what is new is searched, or a long line would take for ever.
    let searched = this.filled;
    for (;;) {
      if (this.filled + spare >= this.buffer.length) {
        if (this.buffer.length >= longestRow && this.end > linesBefore) return;
        this.grow();
      }
      const read = await this.source.read(this.buffer, this.filled, this.buffer.length - spare - this.filled);
      if (read === 0) break;
      this.filled += read;
      // Small pieces (gzip) are gathered: a block is worth its overhead.
      if (this.filled < this.buffer.length >> 1) continue;
      const last = this.buffer.subarray(searched, this.filled).lastIndexOf(lineFeed);
      if (last >= 0) this.end = searched + last + 1;
      searched = this.filled;
      if (this.end > linesBefore && this.filled >= atLeast) return;
    }
    this.last = true;
    if (this.filled > 0 && this.buffer[this.filled - 1] !== lineFeed) this.buffer[this.filled++] = lineFeed;
    this.end = this.filled;
  }

  private grow(): void {
    if (this.buffer.length >= longestRow) {
      throw new DataError([
        {
          file: this.shown,
          found: `a row longer than ${longestRow >> 20} MiB (perhaps a quote that is never closed)`,
          expected: 'one instance a line',
        },
      ]);
    }
    const larger = new Uint8Array(this.buffer.length * 2);
    larger.set(this.buffer.subarray(0, this.filled));
    this.buffer = larger;
  }

  private checkStart(): void {
    const [a, b, c] = this.buffer;
    const fault = (found: string, expected: string): DataError =>
      new DataError([{ file: this.shown, found, expected }]);
    if (this.end === 0) throw fault('an empty file', 'a header line and one line for each instance');
    if (this.end >= 2 && ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)))
      throw fault('UTF-16 text', 'UTF-8');
    if (this.end >= 3 && a === 0xef && b === 0xbb && c === 0xbf) this.begin = 3;
  }
}
