import { createHash } from 'node:crypto';
import { readdir, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashMatrix, updateWithTexts } from '../features/content-hash.js';
import type { FeatureFile } from '../features/feature-file.js';
import type { FeatureTable } from '../features/read-features.js';
import { byDensity, summariseColumns } from '../features/representation.js';
import type { InstanceIds } from '../instance-ids.js';
import { type EntryHead, readerVersion } from './cache-entry.js';
import { EntryReader } from './entry-reader.js';
import { writeEntry } from './write-entry.js';

const extension = '.features';
/** Files that a killed writer left are removed after that time. */
const staleAfterMilliseconds = 3_600_000;

/** A feature table with the hash of its cells. */
export interface HashedFeatures {
  readonly table: FeatureTable;
  readonly hash: string;
}

/**
 * Parsed features on disk. An entry is found by the identity of its files (path, size, time of change, inode), the
 * instance_ids they were joined to and the version of the reader; it holds the whole joined matrix.
 */
export class FeatureCache {
  constructor(
    private readonly folder: string,
    private readonly limitBytes = Number.POSITIVE_INFINITY,
  ) {}

  /** The name of the entry for these files as they are now. */
  async key(files: readonly FeatureFile[], ids: InstanceIds): Promise<string> {
    const hash = createHash('sha256').update(`${readerVersion}\n`);
    updateWithTexts(hash, ids.list);
    for (const file of files) {
      updateWithTexts(hash, [file.format, ...(await identity(file.path))]);
      updateWithTexts(hash, file.description ? await identity(file.description.path) : []);
    }
    return hash.digest('hex').slice(0, 40) + extension;
  }

  /** The entry of that name, open; undefined if there is none. The caller closes it. Throws DamagedEntry. */
  async find(key: string): Promise<EntryReader | undefined> {
    const entry = await EntryReader.open(join(this.folder, key));
    await entry?.touch();
    return entry;
  }

  /** Removes an entry that cannot be read; one that is no file of ours stays. */
  async drop(key: string): Promise<void> {
    await rm(join(this.folder, key), { force: true }).catch(() => undefined);
  }

  /** Keeps a table under `key` and drops the entries longest unused above the limit. */
  async store(key: string, { table, hash }: HashedFeatures, sources: readonly string[]): Promise<void> {
    const { X, ids, names, types, summary } = table;
    const missing = Array.from(summary.missing, (count, j) => [j, count] as const).filter(([, count]) => count > 0);
    const entries = X.kind === 'sparse' ? X.values.length : 0;
    const { kind, rows, columns } = X;
    const { nonZeros } = summary;
    const head: EntryHead = { kind, rows, columns, entries, ids, names, types, nonZeros, missing, hash, sources };
    await writeEntry(this.folder, key, head, X);
    await this.dropOldest(key);
  }

  private async dropOldest(kept: string): Promise<void> {
    const entries: { path: string; name: string; bytes: number; used: number }[] = [];
    for (const name of await readdir(this.folder)) {
      if (!name.endsWith(extension) && !name.endsWith('.tmp')) continue;
      const path = join(this.folder, name);
      // Another process may have removed it meanwhile.
      const file = await stat(path).catch(() => undefined);
      if (!file?.isFile()) continue;
      if (name.endsWith(extension)) entries.push({ path, name, bytes: file.size, used: file.mtimeMs });
      else if (Date.now() - file.mtimeMs > staleAfterMilliseconds) await rm(path, { force: true });
    }
    let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    // The newest entry goes last, and only if it alone is over the limit.
    entries.sort((a, b) => Number(a.name === kept) - Number(b.name === kept) || a.used - b.used);
    for (const { path, bytes } of entries) {
      if (total <= this.limitBytes) break;
      await rm(path, { force: true });
      total -= bytes;
    }
  }
}

/** The table that an entry holds. Throws DamagedEntry. */
export async function readTableOf(entry: EntryReader): Promise<HashedFeatures> {
  const { head } = entry;
  const X = await entry.readMatrix();
  const missing = new Uint32Array(head.columns);
  for (const [j, count] of head.missing) missing[j] = count;
  const { ids, names, types, nonZeros } = head;
  return { table: { X, ids, names, types, summary: { nonZeros, missing } }, hash: head.hash };
}

/** The table of some rows of an entry (ascending). Throws DamagedEntry. */
export async function readSampleOf(entry: EntryReader, rows: Uint32Array): Promise<FeatureTable> {
  const { ids, names, types } = entry.head;
  const selected = await entry.readMatrix(rows);
  const summary = summariseColumns(selected);
  return { X: byDensity(selected, summary), ids, names, types, summary };
}

/** Hashes the cells of a table. */
export function hashFeatures(table: FeatureTable): HashedFeatures {
  return { table, hash: hashMatrix(table.X) };
}

async function identity(path: string): Promise<string[]> {
  const { size, mtimeNs, ino } = await stat(path, { bigint: true });
  return [await realpath(path), String(size), String(mtimeNs), String(ino)];
}
