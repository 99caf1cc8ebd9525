import { readFileSync } from 'node:fs';
import { stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { readRegularFile } from '../io/files/regular-file.js';
import { type RunningOwner, runningOwnerSchema } from '../schema/running-owner.js';

/** The process that works on an experiment, so that others can tell whether it still does. */
export type Owner = Pick<RunningOwner, 'host' | 'pid' | 'processStart'>;

export function thisProcess(): Owner {
  return { host: hostname(), pid: process.pid, processStart: processStart(process.pid) ?? null };
}

/** Lies in the folder of an unfinished result and names its owner. */
export const ownerFile = '.owner.json';

/** The owner of an unfinished result with its last sign of life; undefined where it died before it could say. */
export async function readOwner(folder: string): Promise<(RunningOwner & { readonly heartbeat: Date }) | undefined> {
  const path = join(folder, ownerFile);
  try {
    const owner = runningOwnerSchema.parse(JSON.parse((await readRegularFile(path)).toString()));
    return { ...owner, heartbeat: (await stat(path)).mtime };
  } catch {
    return undefined;
  }
}

/** A sign of life for those that see the folder but not the database. */
export async function touchOwner(folder: string): Promise<void> {
  const now = new Date();
  await utimes(join(folder, ownerFile), now, now);
}

/** Without news for this long, a process on another host counts as dead. */
const patience = 5 * 60_000;

/** Whether the owner still works: looked up on this host, by the age of its heartbeat (milliseconds) elsewhere. */
export function isAlive(owner: Owner, heartbeatAge: number): boolean {
  if (owner.host !== hostname()) return heartbeatAge < patience;
  if (owner.processStart !== null) return processStart(owner.pid) === owner.processStart;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat, with the boot it counts from; undefined for no such process, or no such file system. */
function processStart(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses, which may hold anything.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    // A killed process that nobody has waited for yet is dead all the same.
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}
