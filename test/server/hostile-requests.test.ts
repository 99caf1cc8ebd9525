import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPassword } from '../../src/server/access/password.js';
import { cookieOf, startTestServer, type TestServer } from './running-server.js';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const answer = { instanceId: 'a', ident: 'a', label: 'benign', family: null, author: null, seen: 0 };

describe('without a cookie', () => {
  it('nothing but the login page answers, reads included', async () => {
    for (const path of ['/', '/index.html', '/assets/app-1a2b.js', '/anything']) {
      const { status, text } = await test.send(path, { stranger: true });
      expect(status).toBe(401);
      expect(text).toContain('<h1>secuml: sign in</h1>');
      expect(text).not.toContain('<script');
    }
    for (const path of ['/api', '/api/home', '/api/experiments/x', '/api/nothing']) {
      const { status, headers, text } = await test.send(path, { stranger: true });
      expect(status).toBe(401);
      expect(headers['content-type']).toBe('application/json');
      expect(JSON.parse(text)).toMatchObject({ error: 'sign in first' });
    }
    const posted = await test.send('/api/labels/P/D/main', { stranger: true, method: 'POST', body: '{}' });
    expect(posted.status).toBe(401);
  });

  it('a wrong cookie is none', async () => {
    const { port } = test.server;
    for (const cookie of [`secuml_${port}=x`, `secuml_${port}=`, `a=b; secuml_${port}=${'A'.repeat(43)}`]) {
      expect((await test.send('/api/home', { stranger: true, headers: { cookie } })).status).toBe(401);
    }
  });

  it('a one-time URL signs in once', async () => {
    const url = test.server.oneTimeUrl() ?? '';
    const path = url.slice(url.indexOf('/?'));
    const first = await test.send(path, { stranger: true });
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^secuml_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    expect((await test.send('/', { stranger: true, headers: { cookie: cookieOf(first) } })).status).toBe(200);
    const second = await test.send(path, { stranger: true });
    expect(second.status).toBe(401);
    expect(second.text).toContain('was used already');
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it('a browser that is signed in leaves the token for another', async () => {
    const url = test.server.oneTimeUrl() ?? '';
    const path = url.slice(url.indexOf('/?'));
    expect((await test.send(path)).headers['set-cookie']).toBeUndefined();
    expect((await test.send(path, { stranger: true })).headers['set-cookie']).toBeDefined();
  });

  it('a HEAD does not use the token up', async () => {
    const url = test.server.oneTimeUrl() ?? '';
    const path = url.slice(url.indexOf('/?'));
    expect((await test.send(path, { stranger: true, method: 'HEAD' })).status).toBe(401);
    expect((await test.send(path, { stranger: true })).status).toBe(303);
  });
});

describe('another user of this machine', () => {
  const send = async (user: number, path: string): Promise<string> => {
    const url = JSON.stringify(`http://127.0.0.1:${test.server.port}${path}`);
    const headers = JSON.stringify({ cookie: test.cookie });
    const script = `fetch(${url}, { headers: ${headers} }).then((answer) => console.log(answer.status))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { uid: user });
    return stdout.trim();
  };

  // Only the administrator can be somebody else.
  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('is refused with any secret', async () => {
    const nobody = 65_534;
    const token = new URL(test.server.oneTimeUrl() ?? '').search;
    const statuses: string[] = [];
    for (const user of [nobody, 0]) {
      statuses.push(await send(user, '/api/home'), await send(user, `/${token}`));
    }
    expect(statuses).toEqual(['403', '403', '200', '200']);
  });
});

describe('every answer', () => {
  it('bears the headers that keep others out', async () => {
    for (const path of ['/', '/api/home', '/api/nothing', '/assets/app-1a2b.js', '/login.css']) {
      const { headers } = await test.send(path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-(inline|eval)/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await test.send('/api/home')).headers['cache-control']).toBe('no-store');
    expect((await test.send('/assets/app-1a2b.js')).headers['cache-control']).toContain('immutable');
  });

  it('of another name is 421', async () => {
    for (const host of ['evil.example', `evil.example:${test.server.port}`, '127.0.0.1:1', '[::1]']) {
      for (const path of ['/', '/api/home', '/login.css']) {
        expect((await test.send(path, { headers: { host } })).status).toBe(421);
      }
    }
    expect((await test.send('/api/home', { headers: { host: `localhost:${test.server.port}` } })).status).toBe(200);
  });
});

describe('files', () => {
  it('outside of the viewer are not to be had, however the path is written', async () => {
    const ups = ['..', '%2e%2e', '.%2e', '%2E%2E', '%252e%252e', '..%00', '..;', '....'];
    const slashes = ['/', '%2f', '%5c', '\\', '//', '/./'];
    for (const up of ups) {
      for (const slash of slashes) {
        for (const start of ['/', '/assets/', '/assets/%2e%2e/']) {
          const { status, text } = await test.send(`${start}${up}${slash}secret.txt`);
          expect(text).not.toContain('secret\n');
          expect(text).not.toBe('secret');
          // What is encoded twice is the name of a page like any other.
          if (status === 200) expect(text).toContain('<title>secuml</title>');
          else expect([400, 404]).toContain(status);
        }
      }
    }
    for (const path of ['/.hidden', '/%2ehidden', '/assets/../.hidden', '/%00', '/index.html%00.js', '/%zz']) {
      expect((await test.send(path)).status).toBe(404);
    }
  });

  it('are the page for every address that is no file', async () => {
    for (const path of ['/', '/experiments/x', '/compare?ids=a,b', '/index.html', '/projects/a.txt']) {
      const { status, text } = await test.send(path);
      expect(status).toBe(200);
      expect(text).toContain('<title>secuml</title>');
    }
    expect((await test.send('/assets/absent.js')).status).toBe(404);
    expect((await test.send('/favicon.ico')).status).toBe(404);
    expect((await test.send('/', { headers: { range: 'bytes=9-3' } })).status).toBe(200);
  });

  it('answer HEAD without a body, and 304 what the browser has', async () => {
    const { headers, body, status } = await test.send('/', { method: 'HEAD' });
    expect([status, body.length]).toEqual([200, 0]);
    expect((await test.send('/', { headers: { 'if-none-match': String(headers.etag) } })).status).toBe(304);
  });
});

describe('a page of another site', () => {
  it('has no answer of the API, not even unread and with the cookie that ports of a host share', async () => {
    for (const site of ['same-site', 'cross-site']) {
      const headers = { 'sec-fetch-site': site };
      expect((await test.send('/api/home', { headers })).status).toBe(403);
      expect((await test.send('/', { headers })).status).toBe(200);
    }
    expect((await test.send('/api/home', { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  });
});

describe('methods and bodies', () => {
  it('refuses methods that an address does not take', async () => {
    expect((await test.send('/api/home', { method: 'POST' })).status).toBe(405);
    expect((await test.send('/api/home', { method: 'DELETE' })).headers.allow).toBe('GET, HEAD');
    expect((await test.send('/api/labels/P/D/main')).status).toBe(405);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await test.send('/', { method })).status).toBe(405);
    }
    expect((await test.send('/api/home', { method: 'HEAD' })).body.length).toBe(0);
  });

  it('takes a POST from its own pages alone', async () => {
    const own = test.server.url.slice(0, -1);
    const post = async (headers: Record<string, string>) =>
      (
        await test.send('/api/labels/P/D/main', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(answer),
        })
      ).status;
    expect(await post({})).toBe(403);
    expect(await post({ origin: 'http://evil.example' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({ origin: `http://127.0.0.1:${test.server.port + 1}` })).toBe(403);
    expect(await post({ origin: own, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ origin: own, 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'none' })).toBe(403);
    expect(await post({ origin: own })).toBe(200);
    expect(await post({ origin: own, 'sec-fetch-site': 'same-origin' })).toBe(200);
  });

  it('refuses bodies of another type, too large, cut off, or no JSON', async () => {
    const origin = test.server.url.slice(0, -1);
    const post = async (body: string | Buffer, headers: Record<string, string> = {}) =>
      (
        await test.send('/api/labels/P/D/main', {
          method: 'POST',
          headers: { origin, 'content-type': 'application/json', ...headers },
          body,
        })
      ).status;
    expect(await post(JSON.stringify(answer), { 'content-type': 'text/plain' })).toBe(415);
    expect(await post(JSON.stringify(answer), { 'content-type': 'application/x-www-form-urlencoded' })).toBe(415);
    expect(await post('x'.repeat(70_000))).toBe(413);
    expect(await post('x'.repeat(70_000), { 'transfer-encoding': 'chunked' })).toBe(413);
    expect(await post('{"instanceId":')).toBe(400);
    expect(await post('')).toBe(400);
    expect(await post(Buffer.from([0x22, 0xff, 0x22]))).toBe(400);
    expect(await post('[]')).toBe(400);
    expect(await post(JSON.stringify({ ...answer, seen: -1 }))).toBe(400);
    expect(await post(`{"__proto__":{"label":"benign"}}`)).toBe(400);
  });

  it('says what is wrong with a query', async () => {
    expect(await test.get('/api/experiments/x/rows?limit=0')).toMatchObject({ status: 400 });
    expect(await test.get('/api/experiments/x/rows?limit=5&limit=6')).toMatchObject({
      json: { error: '"limit" is given twice' },
    });
    expect((await test.send('/api/experiments/%E0%A4%A/rows')).status).toBe(400);
    expect((await test.send('/api/nothing')).status).toBe(404);
    expect((await test.send('/api/experiments/x')).status).toBe(404);
  });

  it('survives what is no HTTP', async () => {
    for (const garbage of ['\0\0\0\r\n\r\n', 'GET\r\n\r\n', `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(5000)}\r\n`]) {
      const text = await rawExchange(test.server.port, garbage);
      expect(text).toMatch(/^HTTP\/1\.1 4\d\d/);
    }
    expect(
      (await rawExchange(test.server.port, 'GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n')).slice(9, 12),
    ).toBe('421');
    expect((await test.get('/api/home')).status).toBe(200);
    expect(test.log).toEqual([]);
  });
});

describe('with a password', () => {
  it('signs in who knows it, and slows down who guesses', async () => {
    const password = await readPassword(undefined, { SECUML_SERVE_PASSWORD: 'correct horse battery' });
    const guarded = await startTestServer({ password, behindProxy: true, allowedHosts: ['lab.example'] });
    try {
      expect(guarded.server.oneTimeUrl()).toBeUndefined();
      const login = (text: string, from = '192.0.2.1', headers: Record<string, string> = {}) =>
        guarded.send('/login', {
          method: 'POST',
          headers: {
            host: 'lab.example',
            origin: 'https://lab.example',
            'content-type': 'application/x-www-form-urlencoded',
            'x-forwarded-for': `1.1.1.1, ${from}`,
            ...headers,
          },
          body: `password=${encodeURIComponent(text)}`,
        });
      expect((await login('correct horse battery', '192.0.2.9', { origin: 'https://evil.example' })).status).toBe(403);
      for (let k = 0; k < 10; k++) expect((await login(`guess ${k}`)).status).toBe(401);
      const slowed = await login('correct horse battery');
      expect(slowed.status).toBe(429);
      expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(30);
      // A wrong token costs nobody the password.
      for (let k = 0; k < 11; k++) {
        expect((await guarded.send('/?token=x', { headers: { host: 'lab.example' } })).status).toBe(401);
      }
      expect((await login('another guess', '192.0.2.1:4711')).status).toBe(429);
      expect((await login('another guess', 'unknown')).status).toBe(401);
      const known = await login('correct horse battery', '192.0.2.2');
      expect(known.status).toBe(303);
      expect(known.headers['set-cookie']?.[0]).toMatch(/^__Host-secuml_\d+=.*; Secure$/);
      const cookie = cookieOf(known);
      const get = (headers: Record<string, string>) =>
        guarded.send('/api/home', { headers: { host: 'lab.example', ...headers } });
      expect((await get({})).status).toBe(401);
      expect((await get({ cookie })).status).toBe(200);
      const out = { method: 'POST', headers: { host: 'lab.example', cookie, origin: 'https://lab.example' } };
      expect((await guarded.send('/logout', out)).status).toBe(303);
      expect((await get({ cookie })).status).toBe(401);
    } finally {
      await guarded.close();
    }
  });
});

function rawExchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      socket.end();
    });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
    socket.write(bytes);
  });
}
