import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FailedAttempts } from '../../src/server/access/failed-attempts.js';
import { OneTimeTokens } from '../../src/server/access/one-time-tokens.js';
import { readPassword } from '../../src/server/access/password.js';
import { Sessions } from '../../src/server/access/sessions.js';
import { OwnHosts } from '../../src/server/http/own-hosts.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-access-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('one-time tokens', () => {
  it('are good once, several at a time, the eight latest', () => {
    const tokens = new OneTimeTokens();
    const [first, ...others] = Array.from({ length: 9 }, () => tokens.issue());
    expect(tokens.exchange(first)).toBe(false);
    for (const token of others) {
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(tokens.exchange(token)).toBe(true);
      expect(tokens.exchange(token)).toBe(false);
    }
    expect(tokens.exchange('')).toBe(false);
  });
});

describe('sessions', () => {
  it('end when they are ended and after a week unused', () => {
    let now = 0;
    const sessions = new Sessions(() => now);
    const [a, b] = [sessions.begin(), sessions.begin()];
    now += 6 * 24 * 3_600_000;
    expect(sessions.holds(a)).toBe(true);
    now += 6 * 24 * 3_600_000;
    expect([sessions.holds(a), sessions.holds(b)]).toEqual([true, false]);
    sessions.end(a);
    expect(sessions.holds(a)).toBe(false);
    expect(sessions.holds('guessed')).toBe(false);
  });

  it('are bounded: the longest unseen go first', () => {
    const sessions = new Sessions(() => 0);
    const [first, second] = [sessions.begin(), sessions.begin()];
    expect(sessions.holds(first)).toBe(true);
    for (let k = 0; k < 999; k++) sessions.begin();
    expect([sessions.holds(first), sessions.holds(second)]).toEqual([true, false]);
  });
});

describe('failed attempts', () => {
  it('make an address wait after ten in a minute, no other', () => {
    let now = 1_000_000;
    const attempts = new FailedAttempts(() => now);
    for (let k = 0; k < 10; k++) {
      expect(attempts.waitSeconds('192.0.2.1')).toBe(0);
      attempts.add('192.0.2.1');
      now += 1000;
    }
    expect(attempts.waitSeconds('192.0.2.1')).toBe(50);
    expect(attempts.waitSeconds('::ffff:192.0.2.1')).toBe(50);
    expect(attempts.waitSeconds('192.0.2.2')).toBe(0);
    now += 50_000;
    expect(attempts.waitSeconds('192.0.2.1')).toBe(0);
  });

  it('count an IPv6 network as one address', () => {
    const attempts = new FailedAttempts(() => 0);
    for (let k = 0; k < 10; k++) attempts.add(`2001:db8:1:2::${k}`);
    expect(attempts.waitSeconds('2001:db8:1:2:ffff::1')).toBe(60);
    expect(attempts.waitSeconds('2001:db8:1:3::1')).toBe(0);
    // However the zeros of the network itself are written.
    for (let k = 0; k < 10; k++) attempts.add(`2001:db8::${k + 1}:0`);
    expect(attempts.waitSeconds('2001:DB8::9')).toBe(60);
    expect(attempts.waitSeconds('2001:0db8:0:0:1:2:3:4')).toBe(60);
    expect(attempts.waitSeconds('2001:db8:0:1::')).toBe(0);
  });
});

describe('the password', () => {
  it('comes from the file, else from the environment', async () => {
    const file = join(folder, 'pw');
    writeFileSync(file, 'correct horse battery\n');
    const environment = { SECUML_SERVE_PASSWORD: 'another long password' };
    expect((await readPassword(file, environment))?.matches('correct horse battery')).toBe(true);
    const other = await readPassword(undefined, environment);
    expect([other?.matches('another long password'), other?.matches('another long passwor')]).toEqual([true, false]);
    expect(await readPassword(undefined, {})).toBeUndefined();
  });

  it('is refused when short or not to be read', async () => {
    await expect(readPassword(undefined, { SECUML_SERVE_PASSWORD: 'short' })).rejects.toThrow(/fewer than 12/);
    await expect(readPassword(join(folder, 'absent'), {})).rejects.toThrow(/cannot be read/);
  });
});

describe('own hosts', () => {
  it('are the loopback names with the port', () => {
    const hosts = new OwnHosts('127.0.0.1', 8080, [], false);
    for (const host of ['127.0.0.1:8080', 'localhost:8080', 'LOCALHOST:8080', '[::1]:8080']) {
      expect(hosts.knows(host)).toBe(true);
    }
    for (const host of [undefined, '', '127.0.0.1', 'localhost:81', 'evil.example:8080', '127.0.0.1:8080.evil.example'])
      expect(hosts.knows(host)).toBe(false);
    expect(hosts.knowsOrigin('http://localhost:8080')).toBe(true);
    for (const origin of ['null', 'http://evil.example', 'http://127.0.0.1:8081', 'file://', 'http://localhost:8080/x'])
      expect(hosts.knowsOrigin(origin)).toBe(false);
  });

  it('are what --allow-host says, at any port where it names none', () => {
    const hosts = new OwnHosts('127.0.0.1', 8080, ['lab.example', 'other.example:444'], true);
    expect(hosts.knows('lab.example')).toBe(true);
    expect(hosts.knows('lab.example:9000')).toBe(true);
    expect(hosts.knows('other.example:444')).toBe(true);
    expect(hosts.knows('other.example')).toBe(false);
    expect(hosts.knowsOrigin('https://lab.example')).toBe(true);
    // Whoever sits on the line can make any page that comes in plain.
    expect(hosts.knowsOrigin('http://lab.example')).toBe(false);
  });

  it('leave out the usual port', () => {
    const hosts = new OwnHosts('192.0.2.7', 443, [], true);
    expect([hosts.knows('192.0.2.7'), hosts.knows('192.0.2.7:443'), hosts.knows('192.0.2.7:8443')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
