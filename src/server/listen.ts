import { createServer, type Server } from 'node:net';
import { UserError } from '../errors.js';

const portsTried = 50;

/** Listens at an address; throws UserError that says what is in the way, with the next free port where it is taken. */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await tryToListen(server, host, port);
  } catch (error) {
    throw await explain(error as NodeJS.ErrnoException, host, port);
  }
}

function tryToListen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function explain(error: NodeJS.ErrnoException, host: string, port: number): Promise<unknown> {
  switch (error.code) {
    case 'EADDRINUSE': {
      const free = await nextFreePort(host, port + 1);
      return new UserError(`port ${port} of ${host} is in use`, {
        hint:
          free === undefined
            ? 'take another one, or any free one: --port 0'
            : `the next free one: --port ${free}; another secuml serve may be running already`,
        cause: error,
      });
    }
    case 'EACCES':
      return new UserError(`port ${port} cannot be opened: only an administrator may`, {
        hint: 'take one above 1023',
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UserError(`--host ${host} is no address of this machine`, {
        hint: '127.0.0.1 for this machine alone, 0.0.0.0 for every address it has',
        cause: error,
      });
    default:
      return error;
  }
}

async function nextFreePort(host: string, first: number): Promise<number | undefined> {
  for (let port = first; port < Math.min(first + portsTried, 65_536); port++) {
    const probe = createServer();
    try {
      await tryToListen(probe, host, port);
      return port;
    } catch {
      // Taken as well: the next one.
    } finally {
      probe.close();
    }
  }
  return undefined;
}
