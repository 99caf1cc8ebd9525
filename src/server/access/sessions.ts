import { digestOf, newSecret } from './one-time-tokens.js';

const mostSessions = 1000;
/** A browser that was not seen for this long must sign in again. */
const idleMilliseconds = 7 * 24 * 3_600_000;

/** The browsers that are signed in. They live as long as the server. */
export class Sessions {
  /** Last seen (milliseconds), by the digest of the cookie; the longest unseen first. */
  private readonly seen = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Signs a browser in; returns the secret for its cookie. */
  begin(): string {
    const secret = newSecret();
    this.seen.set(keyOf(secret), this.now());
    for (const oldest of this.seen.keys()) {
      if (this.seen.size <= mostSessions) break;
      this.seen.delete(oldest);
    }
    return secret;
  }

  /** Whether the secret of a cookie is of a browser that is signed in. */
  holds(secret: string): boolean {
    const key = keyOf(secret);
    const last = this.seen.get(key);
    if (last === undefined) return false;
    this.seen.delete(key);
    if (this.now() - last > idleMilliseconds) return false;
    this.seen.set(key, this.now());
    return true;
  }

  end(secret: string): void {
    this.seen.delete(keyOf(secret));
  }
}

/** Looked up by digest: how long that takes says nothing about the secret. */
const keyOf = (secret: string): string => digestOf(secret).toString('base64');
