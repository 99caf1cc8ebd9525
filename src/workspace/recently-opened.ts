/**
 * Things that take a while to open, kept as long as all of them fit; what was longest not asked for goes first. One is
 * opened after the other, so that no more than one is in memory beyond the limit.
 */
export class RecentlyOpened<T> {
  private readonly entries = new Map<string, { readonly opening: Promise<T>; bytes: number }>();

  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly limitBytes: number) {}

  /** The thing of that key, opened now where it is not at hand; asked for twice meanwhile, it is opened once. */
  get(key: string, open: () => Promise<{ value: T; bytes: number }>): Promise<T> {
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.opening;
    }
    const entry = { opening: Promise.resolve() as Promise<unknown> as Promise<T>, bytes: 0 };
    entry.opening = this.last.then(open).then(
      ({ value, bytes }) => {
        entry.bytes = bytes;
        this.makeRoom(key);
        return value;
      },
      (error: unknown) => {
        // The next one tries again.
        this.entries.delete(key);
        throw error;
      },
    );
    this.last = entry.opening.catch(() => undefined);
    this.entries.set(key, entry);
    return entry.opening;
  }

  /** The newest stays even if it alone is over the limit. */
  private makeRoom(newest: string): void {
    let total = 0;
    for (const { bytes } of this.entries.values()) total += bytes;
    for (const [key, { bytes }] of this.entries) {
      if (total <= this.limitBytes) return;
      if (key === newest) continue;
      this.entries.delete(key);
      total -= bytes;
    }
  }
}
