import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { RequestError } from '../http/failure.js';
import type { OwnHosts } from '../http/own-hosts.js';
import { checkSameOrigin, readBody } from '../http/read-body.js';
import { send } from '../http/reply.js';
import { FailedAttempts } from './failed-attempts.js';
import { loginPage, loginStyle, loginStylePath } from './login-page.js';
import { OneTimeTokens } from './one-time-tokens.js';
import type { Password } from './password.js';
import { PeerUsers } from './peer-user.js';
import { Sessions } from './sessions.js';

export interface GateOptions {
  /** People may sign in with it; absent: by a one-time URL alone. */
  readonly password?: Password;
  /** One-time URLs are handed out. */
  readonly oneTimeUrl: boolean;
  /** The browser speaks https with us, or with the proxy before us. */
  readonly secure: boolean;
  /** The last X-Forwarded-For is the client's address. */
  readonly behindProxy: boolean;
  /** Part of the cookie's name: browsers share cookies between the ports of a host. */
  readonly port: number;
}

const year = 31_536_000;

/** Signs browsers in, and lets nobody else through. */
export class Gate {
  private readonly tokens = new OneTimeTokens();
  private readonly sessions = new Sessions();
  private readonly attempts = new FailedAttempts();
  private readonly peers = new PeerUsers();
  private readonly cookieName: string;

  constructor(
    private readonly options: GateOptions,
    private readonly hosts: OwnHosts,
  ) {
    this.cookieName = `${options.secure ? '__Host-' : ''}secuml_${options.port}`;
  }

  /** A token for a one-time URL. */
  issueToken(): string {
    return this.tokens.issue();
  }

  /** Answers what has to do with signing in, and everything of a browser that is not signed in; false: go on. */
  async answer(request: IncomingMessage, response: ServerResponse, path: string, query: string): Promise<boolean> {
    // Where only the terminal lets people in, they are the one who sits before it.
    if (this.options.oneTimeUrl && !this.options.password && !(await this.peers.welcomes(request.socket))) {
      throw new RequestError(403, 'this server answers programs of the user who started it', {
        hint: 'with --password-file other users of this machine can sign in',
      });
    }
    const { method = '' } = request;
    const reading = method === 'GET' || method === 'HEAD';
    const secret = this.cookie(request);
    const signedIn = secret !== undefined && this.sessions.holds(secret);
    if (path === loginStylePath && reading) {
      await send(request, response, 200, { type: 'text/css; charset=utf-8', content: loginStyle });
      return true;
    }
    const token = path === '/' && method === 'GET' ? new URLSearchParams(query).get('token') : null;
    if (token !== null) {
      await this.useToken(request, response, token, signedIn);
      return true;
    }
    if (path === '/login' && method === 'POST') {
      await this.usePassword(request, response);
      return true;
    }
    if (signedIn) {
      if (path !== '/logout' || method !== 'POST') return false;
      checkSameOrigin(request, this.hosts);
      this.sessions.end(secret);
      this.redirect(response, '', 0);
      return true;
    }
    if (path === '/api' || path.startsWith('/api/')) {
      throw new RequestError(401, 'sign in first', { hint: 'open the URL that secuml serve printed' });
    }
    if (!reading) throw new RequestError(401, 'sign in first');
    await this.showLogin(request, response, 401);
    return true;
  }

  private async useToken(
    request: IncomingMessage,
    response: ServerResponse,
    token: string,
    signedIn: boolean,
  ): Promise<void> {
    // A token is kept for another browser where this one needs none.
    if (signedIn) return this.redirect(response);
    // Nobody guesses 256 bits: a good token is taken whoever failed before.
    if (this.options.oneTimeUrl && this.tokens.exchange(token)) return this.redirect(response, this.sessions.begin());
    // Not counted: any page in the browser could ask with a wrong one until the password is no longer taken.
    await this.showLogin(request, response, 401, 'This URL was used already, or is of an earlier start.');
  }

  private async usePassword(request: IncomingMessage, response: ServerResponse): Promise<void> {
    checkSameOrigin(request, this.hosts);
    const { password } = this.options;
    if (!password) throw new RequestError(404, 'this server asks for no password');
    const form = new URLSearchParams(await readBody(request, 'application/x-www-form-urlencoded'));
    const wait = this.attempts.waitSeconds(this.address(request));
    if (wait > 0) {
      response.setHeader('Retry-After', wait);
      return this.showLogin(request, response, 429, `Too many failed attempts. Try again in ${wait} seconds.`);
    }
    if (password.matches(form.get('password') ?? '')) return this.redirect(response, this.sessions.begin());
    this.attempts.add(this.address(request));
    return this.showLogin(request, response, 401, 'This is not the password.');
  }

  private async showLogin(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    problem?: string,
  ): Promise<void> {
    const content = loginPage({
      password: this.options.password !== undefined,
      oneTimeUrl: this.options.oneTimeUrl,
      problem,
    });
    const headers = { 'Cache-Control': 'no-store' };
    await send(request, response, status, { type: 'text/html; charset=utf-8', content, headers });
  }

  /** To the start page, with the cookie of a new session, or with one that ends it (age 0). */
  private redirect(response: ServerResponse, secret?: string, age = year): void {
    if (secret !== undefined) {
      const parts = [`${this.cookieName}=${secret}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${age}`];
      response.setHeader('Set-Cookie', [...parts, ...(this.options.secure ? ['Secure'] : [])].join('; '));
    }
    response.setHeader('Cache-Control', 'no-store');
    response.writeHead(303, { Location: '/', 'Content-Length': 0 }).end();
  }

  private cookie({ headers }: IncomingMessage): string | undefined {
    const start = `${this.cookieName}=`;
    return headers.cookie
      ?.split(';')
      .map((part) => part.trim())
      .find((part) => part.startsWith(start))
      ?.slice(start.length);
  }

  private address(request: IncomingMessage): string {
    const forwarded = this.options.behindProxy ? String(request.headers['x-forwarded-for'] ?? '') : '';
    const last = forwarded.split(',').at(-1)?.trim() ?? '';
    // Some proxies add the port: each of a client's connections would count as another one.
    const address = last.replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
    return isIP(address) > 0 ? address : (request.socket.remoteAddress ?? '');
  }
}
