import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

const endsInPort = /:\d+$/;

/**
 * The names under which this server answers, as `Host` and `Origin` give them (`name:port`, lower case). A page of
 * another site whose name was made to point here (DNS rebinding) is refused by its name.
 */
export class OwnHosts {
  private readonly hosts: ReadonlySet<string>;
  private readonly anyPort: ReadonlySet<string>;

  /**
   * @param host the address bound, @param allowed further names as given: with a port, or good for any port
   * @param secure the browser speaks https, whose port 443 is left out
   */
  constructor(
    host: string,
    port: number,
    allowed: readonly string[],
    private readonly secure: boolean,
  ) {
    const usual = secure ? 443 : 80;
    const withPort = (name: string): string[] => {
      const shown = isIP(name) === 6 ? `[${name}]` : name.toLowerCase();
      return port === usual ? [shown, `${shown}:${port}`] : [`${shown}:${port}`];
    };
    const named = allowed.map((name) => name.toLowerCase());
    this.hosts = new Set([...addressesOf(host).flatMap(withPort), ...named]);
    this.anyPort = new Set(named.filter((name) => !endsInPort.test(name)));
  }

  /** Whether a `Host` header names this server. */
  knows(host: string | undefined): boolean {
    if (host === undefined) return false;
    const name = host.toLowerCase();
    return this.hosts.has(name) || this.anyPort.has(name.replace(endsInPort, ''));
  }

  /** Whether an `Origin` header is a page of this server: one in plain is not where the browser speaks https. */
  knowsOrigin(origin: string): boolean {
    const scheme = this.secure ? 'https://' : 'http://';
    return origin.startsWith(scheme) && this.knows(origin.slice(scheme.length));
  }
}

/** Whether only programs of this machine reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function addressesOf(host: string): string[] {
  if (isLoopback(host)) return [host, '127.0.0.1', '::1', 'localhost'];
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return ['127.0.0.1', '::1', 'localhost', ...own.map(({ address }) => address.replace(/%.*$/, ''))];
}
