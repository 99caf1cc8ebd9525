import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printable, UserError } from '../../errors.js';
import { type LoopEvent, loopEventSchema } from '../../schema/loop-log.js';
import { makeFolder } from '../files/make-folder.js';
import { openRegularFile } from '../files/regular-file.js';
import { syncFolder } from './file-writer.js';

/**
 * A labelling loop's log, one JSON object a line, as far as it was read. Whoever appends holds the lock. A last line
 * without its end was never acknowledged and is dropped; a line that is no event is left out and named in `warnings`.
 */
export class LoopLog {
  private listed: LoopEvent[] = [];
  private said: string[] = [];
  private bytes = 0;
  private lines = 0;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(readonly path: string) {}

  /** Every event in the order of the file. */
  get events(): readonly LoopEvent[] {
    return this.listed;
  }

  get warnings(): readonly string[] {
    return this.said;
  }

  /** Reads what was appended since; false where there is no file. Throws UserError if it cannot be read. */
  async refresh(): Promise<boolean> {
    return this.inTurn(() => this.read());
  }

  /** Appends events and returns when they are on the disk. */
  async append(events: readonly LoopEvent[]): Promise<void> {
    await this.inTurn(async () => {
      const known = await this.read();
      const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      try {
        await this.write(text, !known);
      } catch (error) {
        throw new UserError(`the loop's log was not written: ${this.path}: ${(error as Error).message}`, {
          hint: 'check the disk and the permissions of the folder',
          cause: error,
        });
      }
      await this.read();
    });
  }

  /** One at a time: a read between another's read and its result would take the same lines twice. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async write(text: string, isNew: boolean): Promise<void> {
    if (isNew) await makeFolder(dirname(this.path));
    // A log that was removed meanwhile is not begun anew in its middle.
    const handle = await open(this.path, isNew ? 'a' : constants.O_WRONLY | constants.O_APPEND);
    try {
      // What was torn was never acknowledged; the next line must not be glued to it.
      await handle.truncate(this.bytes);
      // A full disk may take a part of a single write without an error.
      await handle.appendFile(text);
      await handle.sync();
    } catch (error) {
      await handle.truncate(this.bytes).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
    if (isNew) for (const folder of [dirname(this.path), dirname(dirname(this.path))]) await syncFolder(folder);
  }

  private async read(): Promise<boolean> {
    const handle = await openRegularFile(this.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new UserError(`${this.path} cannot be read: ${error.message}`, { cause: error });
    });
    if (!handle) return false;
    try {
      const { size } = await handle.stat();
      const added = Buffer.alloc(Math.max(0, size - this.bytes));
      let done = 0;
      while (done < added.length) {
        const { bytesRead } = await handle.read(added, done, added.length - done, this.bytes + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      const end = added.subarray(0, done).lastIndexOf(0x0a) + 1;
      if (end > 0) for (const line of added.toString('utf8', 0, end - 1).split('\n')) this.takeLine(line);
      this.bytes += end;
      return true;
    } finally {
      await handle.close();
    }
  }

  private takeLine(line: string): void {
    this.lines++;
    try {
      this.listed.push(loopEventSchema.parse(JSON.parse(line)));
    } catch {
      this.said.push(
        `${this.path}:${this.lines}: found ${printable(line, 60)}, expected an event of a loop; it was left out`,
      );
    }
  }
}
