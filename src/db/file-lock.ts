import Database from 'libsql';
import { UserError } from '../errors.js';

const patience = 20_000;
const firstPause = 2;
const longestPause = 50;

/**
 * Runs `work` while no other process or part of this one holds the lock `path`. The lock is SQLite's on an empty file,
 * so the kernel frees it when a process dies. Throws UserError if it is held for 20 s.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const database = openLock(path);
  try {
    await acquire(database, path);
    try {
      return await work();
    } finally {
      database.exec('rollback');
    }
  } finally {
    database.close();
  }
}

function openLock(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 });
  } catch (error) {
    throw new UserError(`${path} cannot be locked: ${(error as Error).message}`, {
      hint: 'check the permissions of its folder',
      cause: error,
    });
  }
}

async function acquire(database: Database.Database, path: string): Promise<void> {
  const end = Date.now() + patience;
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
    try {
      database.exec('begin immediate');
      return;
    } catch (error) {
      const busy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
      if (!busy || Date.now() > end) {
        throw new UserError(`${path} is locked: ${(error as Error).message}`, {
          hint: 'another process is writing there: try again when it has ended',
          cause: error,
        });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
