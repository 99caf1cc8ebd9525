import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Unused tokens that are kept: older ones are forgotten. */
const keptTokens = 8;

/** A secret that nobody guesses: 256 random bits, safe in a URL and a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: comparing digests takes the same time whatever was typed. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Tokens of one-time URLs: each opens one browser, once. */
export class OneTimeTokens {
  private digests: Buffer[] = [];

  /** A fresh token; the eight latest unused ones are good. */
  issue(): string {
    const token = newSecret();
    this.digests = [...this.digests, digestOf(token)].slice(-keptTokens);
    return token;
  }

  /** Whether `token` was good; it no longer is. */
  exchange(token: string): boolean {
    const typed = digestOf(token);
    // Every digest is compared, so that the time tells nothing.
    const matches = this.digests.map((digest) => timingSafeEqual(digest, typed));
    const found = matches.indexOf(true);
    if (found < 0) return false;
    this.digests.splice(found, 1);
    return true;
  }
}
