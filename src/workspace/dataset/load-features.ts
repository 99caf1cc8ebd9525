import { UserError } from '../../errors.js';
import { DamagedEntry, type EntryHead } from '../../io/cache/cache-entry.js';
import {
  FeatureCache,
  hashFeatures,
  type HashedFeatures,
  readSampleOf,
  readTableOf,
} from '../../io/cache/feature-cache.js';
import type { FaultList } from '../../io/faults.js';
import type { FeatureFile } from '../../io/features/feature-file.js';
import { type FeatureTable, readFeatures } from '../../io/features/read-features.js';
import { byDensity, summariseColumns } from '../../io/features/representation.js';
import type { InstanceIds } from '../../io/instance-ids.js';
import { checkMemory } from '../../io/memory-check.js';
import { selectRows } from '../../ml/matrix/feature-matrix.js';
import type { DatasetRequest } from './dataset-request.js';
import { identities, refuseChanged } from './file-identity.js';

/** The features that a request asks for, before filters. */
export interface LoadedFeatures {
  readonly table: FeatureTable;
  /** Hash of the cells where it is known already. */
  readonly hash?: string;
  readonly cacheHit: boolean;
  /** What happened to the cache: of this run alone, not of the data. */
  readonly cacheNotes: readonly string[];
}

/**
 * Reads the features of the instances in `rows` (undefined: all), from the cache if it knows the files as they are now.
 * Undefined if there are faults.
 */
export async function loadFeatures(
  files: readonly FeatureFile[],
  ids: InstanceIds,
  rows: Uint32Array | undefined,
  request: Pick<DatasetRequest, 'cacheDirectory' | 'cacheLimitBytes' | 'verifyInput' | 'largestBytes'>,
  faults: FaultList,
): Promise<LoadedFeatures | undefined> {
  const { cacheDirectory, cacheLimitBytes, verifyInput = false, largestBytes } = request;
  const cache = cacheDirectory === undefined ? undefined : new FeatureCache(cacheDirectory, cacheLimitBytes);
  const key = await cache?.key(files, ids);
  const cacheNotes: string[] = [];
  // To compare, the whole is needed.
  const known =
    cache && key ? await fromCache(cache, key, verifyInput ? undefined : rows, cacheNotes, largestBytes) : undefined;
  if (known && !verifyInput) return { ...known, cacheHit: true, cacheNotes };
  const knownHash = known && hashFeatures(known.table).hash;
  // A sample is read without the rest, to save memory; the cache keeps whole files.
  const whole = rows === undefined || verifyInput;
  const place = whole ? Int32Array.from(ids.list.keys()) : placeOf(rows, ids.count);
  const before = await identities(files);
  const table = await readFeatures(files, ids, place, whole ? ids.count : rows.length, faults, largestBytes);
  if (!table) return undefined;
  await refuseChanged(files, before);
  if (!whole) return { table, cacheHit: false, cacheNotes };

  const read = hashFeatures(table);
  if (knownHash !== undefined && knownHash !== read.hash) {
    const shown = files.map((file) => file.shown).join(', ');
    cacheNotes.push(`the cache did not match ${shown}, changed without a new size or time: it was read again`);
  }
  // Only what was read without any fault is kept.
  if (cache && key && knownHash !== read.hash && faults.count === 0) {
    const failure = await cache
      .store(
        key,
        read,
        files.map((file) => file.shown),
      )
      .catch((error: NodeJS.ErrnoException) => error);
    if (failure)
      cacheNotes.push(
        `the parsed features could not be kept in ${cacheDirectory} (${failure.code ?? failure.message})`,
      );
  }
  return { ...narrow(read, rows), cacheHit: false, cacheNotes };
}

interface KnownFeatures {
  readonly table: FeatureTable;
  /** Of all rows; absent for some of them. */
  readonly hash?: string;
}

/** What the cache holds of these rows (undefined: of all), if it can be read. A damaged entry is dropped, and told. */
async function fromCache(
  cache: FeatureCache,
  key: string,
  rows: Uint32Array | undefined,
  notes: string[],
  largestBytes = Number.POSITIVE_INFINITY,
): Promise<KnownFeatures | undefined> {
  let entry: Awaited<ReturnType<FeatureCache['find']>>;
  try {
    entry = await cache.find(key);
    if (!entry) return undefined;
    checkMemory('the features', memoryOf(entry.head, rows), largestBytes);
    return rows ? { table: await readSampleOf(entry, rows) } : await readTableOf(entry);
  } catch (error) {
    if (error instanceof UserError) throw error;
    // A cache that fails is no reason to fail: the files are there.
    const what = error instanceof DamagedEntry ? 'is damaged' : 'cannot be read';
    notes.push(
      `the entry ${key} of the cache ${what} (${(error as Error).message}): it was dropped and the files read again`,
    );
    await cache.drop(key);
    return undefined;
  } finally {
    await entry?.close();
  }
}

/** Bytes of all rows of an entry, or of as many as `rows`, where they are as full as the others. */
function memoryOf({ kind, rows: all, columns, entries }: EntryHead, rows: Uint32Array | undefined): number {
  const bytes = kind === 'dense' ? all * columns * 8 : entries * 12;
  return rows ? (bytes * rows.length) / Math.max(1, all) : bytes;
}

function narrow({ table, hash }: HashedFeatures, rows: Uint32Array | undefined): KnownFeatures {
  if (!rows) return { table, hash };
  const selected = selectRows(table.X, rows);
  const summary = summariseColumns(selected);
  return { table: { ...table, X: byDensity(selected, summary), summary } };
}

function placeOf(rows: Uint32Array, count: number): Int32Array {
  const place = new Int32Array(count).fill(-1);
  rows.forEach((row, i) => {
    place[row] = i;
  });
  return place;
}
