import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printable, UserError } from '../../errors.js';
import { type LabelEvent, labelEventSchema } from '../../schema/label-event.js';
import { makeFolder } from '../files/make-folder.js';
import { openRegularFile } from '../files/regular-file.js';
import { syncFolder } from './file-writer.js';

/** The answer that holds for an instance. */
export interface CurrentLabel {
  readonly label: 'malicious' | 'benign';
  readonly family: string | null;
  readonly ident: string;
  /** The event that said so. */
  readonly n: number;
  readonly at: string;
  readonly author: string | null;
}

/**
 * A label set's log, one JSON object a line, as far as it was read. Whoever appends holds the set's lock.
 * A last line without its end (power was lost while it was written, so it was never acknowledged) is dropped,
 * a line that is no event is left out; both are said in `warnings`.
 */
export class LabelLog {
  private listed: LabelEvent[] = [];
  private labels = new Map<string, CurrentLabel>();
  private newest = new Map<string, LabelEvent>();
  private said: string[] = [];
  /** Bytes and lines read so far, up to the end of the last whole line. */
  private bytes = 0;
  private lines = 0;
  private torn = false;
  /** The file that was read: another one under the same name is read from its beginning. */
  private inode = 0n;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(readonly path: string) {}

  /** Every event in the order of the file. */
  get events(): readonly LabelEvent[] {
    return this.listed;
  }

  /** What holds now, by instance_id. */
  get current(): ReadonlyMap<string, CurrentLabel> {
    return this.labels;
  }

  get warnings(): readonly string[] {
    return this.said;
  }

  /** Number of the last event, 0 for none. */
  get last(): number {
    return this.listed.at(-1)?.n ?? 0;
  }

  /** The last event of an instance, be it an answer or a removal. */
  lastOf(instanceId: string): LabelEvent | undefined {
    return this.newest.get(instanceId);
  }

  /** Reads what was appended since; false where there is no file. Throws UserError if it cannot be read. */
  async refresh(): Promise<boolean> {
    return this.inTurn(() => this.read());
  }

  /** Appends events, numbered from the last one on, and returns when they are on the disk. */
  async append(drafts: readonly Omit<LabelEvent, 'n' | 'previous'>[]): Promise<LabelEvent[]> {
    return this.inTurn(async () => {
      const isNew = !(await this.read());
      const events = this.number(drafts);
      const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      await this.write(text, isNew);
      this.take(Buffer.from(text));
      return events;
    });
  }

  /** One at a time: a read between another's read and its result would take the same lines twice. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async read(): Promise<boolean> {
    let handle: FileHandle;
    try {
      handle = await openRegularFile(this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw new UserError(`${this.path} cannot be read: ${(error as Error).message}`, { cause: error });
      }
      this.forget(0n);
      return false;
    }
    try {
      const { size, ino } = await handle.stat({ bigint: true });
      if (ino !== this.inode || size < this.bytes) this.forget(ino);
      const added = Buffer.alloc(Number(size) - this.bytes);
      let done = 0;
      while (done < added.length) {
        const { bytesRead } = await handle.read(added, done, added.length - done, this.bytes + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      this.take(added.subarray(0, done));
      return true;
    } finally {
      await handle.close();
    }
  }

  private forget(inode: bigint): void {
    this.listed = [];
    this.labels = new Map();
    this.newest = new Map();
    this.said = [];
    this.bytes = 0;
    this.lines = 0;
    this.torn = false;
    this.inode = inode;
  }

  private number(drafts: readonly Omit<LabelEvent, 'n' | 'previous'>[]): LabelEvent[] {
    // Two answers for one instance in one call: the second one's past is the first.
    const standing = new Map<string, LabelEvent['previous']>();
    return drafts.map((draft, k) => {
      const { at, author, instance_id, ident, label, family, source, iteration } = draft;
      const held = this.labels.get(instance_id);
      const inLog = held ? { label: held.label, family: held.family } : null;
      const previous = standing.has(instance_id) ? (standing.get(instance_id) ?? null) : inLog;
      standing.set(instance_id, label === null ? null : { label, family });
      return { n: this.last + k + 1, at, author, instance_id, ident, label, family, previous, source, iteration };
    });
  }

  private async write(text: string, isNew: boolean): Promise<void> {
    if (isNew) await makeFolder(dirname(this.path));
    const handle = await open(this.path, 'a');
    try {
      // What was torn was never acknowledged; the next line must not be glued to it.
      if (this.torn) await handle.truncate(this.bytes);
      this.torn = false;
      await handle.appendFile(text);
      await handle.sync();
      if (isNew) this.inode = (await handle.stat({ bigint: true })).ino;
    } catch (error) {
      // Neither must what is refused now come back as an answer later.
      await handle.truncate(this.bytes).catch(() => undefined);
      throw new UserError(`the labels were not saved: ${this.path}: ${(error as Error).message}`, {
        hint: 'check the disk and the permissions of the folder',
        cause: error,
      });
    } finally {
      await handle.close();
    }
    if (isNew) {
      for (const folder of [dirname(this.path), dirname(dirname(this.path))]) await syncFolder(folder);
    }
  }

  private take(added: Buffer): void {
    const end = added.lastIndexOf(0x0a) + 1;
    const rest = added.length - end;
    if (rest > 0 && !this.torn) {
      this.said.push(
        `${this.path}: the last line is incomplete (${rest} bytes) and was left out: it was never acknowledged`,
      );
    }
    this.torn = rest > 0;
    this.bytes += end;
    if (end === 0) return;
    for (const line of added.toString('utf8', 0, end - 1).split('\n')) this.takeLine(line);
  }

  private takeLine(line: string): void {
    this.lines++;
    if (line.trim() === '') return;
    let event: LabelEvent;
    try {
      event = labelEventSchema.parse(JSON.parse(line));
    } catch {
      this.said.push(
        `${this.path}:${this.lines}: found ${printable(line, 60)}, expected a label event; it was left out`,
      );
      return;
    }
    if (event.n <= this.last) {
      this.said.push(
        `${this.path}:${this.lines}: number ${event.n} came after ${this.last}; it counts as ${this.last + 1}`,
      );
      event = { ...event, n: this.last + 1 };
    }
    const { n, at, author, instance_id: id, ident, label, family } = event;
    this.listed.push(event);
    this.newest.set(id, event);
    if (label === null) this.labels.delete(id);
    else this.labels.set(id, { label, family, ident, n, at, author });
  }
}
