import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';

/** The two ends of a connection as its other end has them, in the words of Linux: `0100007F:1F90`. */
interface Ends {
  readonly local: string;
  readonly remote: string;
}

/** The tables of TCP connections, IPv4 and IPv6, with the user whose program holds each end (proc(5)). */
const tables = ['/proc/net/tcp', '/proc/net/tcp6'];
const established = '01';

/**
 * Whether the program at the other end of a connection on this machine is of the user who runs this one, or of the
 * administrator. Browsers send a cookie to every port of a host, and lists of processes show what a browser was started
 * with: neither may let another user of the machine in. Where that cannot be told (not Linux, or the program is beyond a
 * container's network) nobody is refused: the secrets alone decide.
 */
export class PeerUsers {
  private readonly asked = new WeakMap<Socket, Promise<boolean>>();
  private readonly welcome: ReadonlySet<number>;

  constructor(
    own = process.getuid?.(),
    environment: NodeJS.ProcessEnv = process.env,
    private readonly read = (path: string): Promise<string> => readFile(path, 'latin1'),
  ) {
    // Who starts it with sudo opens the browser as themselves.
    const behindSudo = own === 0 ? [Number(environment.SUDO_UID ?? 0)] : [];
    this.welcome = new Set(own === undefined ? [] : [own, ...behindSudo]);
  }

  /** Looked up once for a connection. */
  welcomes(socket: Socket): Promise<boolean> {
    let answer = this.asked.get(socket);
    if (!answer) this.asked.set(socket, (answer = this.lookUp(socket)));
    return answer;
  }

  private async lookUp({ remoteAddress, remotePort, localAddress, localPort }: Socket): Promise<boolean> {
    if (this.welcome.size === 0 || remoteAddress === undefined || localAddress === undefined) return true;
    const pairs = [4, 16].map((bytes) => ({
      local: endOf(remoteAddress, remotePort ?? 0, bytes),
      remote: endOf(localAddress, localPort ?? 0, bytes),
    }));
    for (const table of tables) {
      const text = await this.read(table).catch(() => '');
      for (const ends of pairs) {
        const found = userOf(text, ends);
        // What was closed meanwhile is listed as the administrator's.
        if (found) return this.welcome.has(found.user) || (found.user === 0 && found.state === established);
      }
    }
    return true;
  }
}

function userOf(table: string, { local, remote }: Ends): { user: number; state: string } | undefined {
  const at = table.indexOf(` ${local} ${remote} `);
  if (at < 0) return undefined;
  // local remote state queues timer retransmissions user
  const [, , state, , , , user] = table.slice(at + 1, at + 200).split(/\s+/);
  return { user: Number(user), state };
}

/** An address of so many bytes and a port, in hexadecimal: of the address words as the machine has them in memory. */
function endOf(address: string, port: number, bytes: number): string {
  const all = addressBytes(address, bytes);
  const words: string[] = [];
  for (let at = 0; at < all.length; at += 4) {
    const word = all.slice(at, at + 4);
    words.push(Buffer.from(endianness() === 'LE' ? word.toReversed() : word).toString('hex'));
  }
  return `${words.join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/** `127.0.0.1`, `::1` or `::ffff:127.0.0.1` in 4 or 16 bytes; other addresses are not of this machine alone. */
function addressBytes(address: string, bytes: number): number[] {
  const plain = address.replace(/^::ffff:/i, '');
  const four = plain === '::1' ? [0, 0, 0, 1] : plain.split('.').map(Number);
  if (bytes === 4) return four;
  return [...new Array<number>(10).fill(0), ...(plain === '::1' ? [0, 0] : [0xff, 0xff]), ...four];
}
