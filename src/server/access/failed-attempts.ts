const windowMilliseconds = 60_000;
const freeFailures = 10;
const mostAddresses = 10_000;

/** Counts failed sign-ins: after ten in a minute an address waits until the oldest of them is a minute ago. */
export class FailedAttempts {
  private readonly failures = new Map<string, number[]>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Seconds to wait before the next attempt, 0 for none. */
  waitSeconds(address: string): number {
    const recent = this.recent(address);
    if (recent.length < freeFailures) return 0;
    return Math.ceil((recent[recent.length - freeFailures] + windowMilliseconds - this.now()) / 1000);
  }

  add(address: string): void {
    const key = groupOf(address);
    const recent = [...this.recent(address), this.now()].slice(-freeFailures);
    // Last in the order of the map: addresses that failed long ago are forgotten first.
    this.failures.delete(key);
    this.failures.set(key, recent);
    for (const oldest of this.failures.keys()) {
      if (this.failures.size <= mostAddresses) break;
      this.failures.delete(oldest);
    }
  }

  private recent(address: string): number[] {
    const since = this.now() - windowMilliseconds;
    return (this.failures.get(groupOf(address)) ?? []).filter((time) => time > since);
  }
}

/** One holder of IPv6 has 2^64 addresses: they count as one. */
function groupOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  // `::` stands for as many zeros as are missing of eight groups.
  const [head, tail] = plain.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = new Array<string>(Math.max(0, 8 - head.length - (tail?.length ?? 0))).fill('0');
  const groups = tail === undefined ? head : [...head, ...zeros, ...tail];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
