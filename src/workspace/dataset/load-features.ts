import { stat } from 'node:fs/promises';
import { UserError } from '../../errors.js';
import { FeatureCache, hashFeatures, type HashedFeatures, readTableOf } from '../../io/cache/feature-cache.js';
import type { FaultList } from '../../io/faults.js';
import type { FeatureFile } from '../../io/features/feature-file.js';
import { type FeatureTable, readFeatures } from '../../io/features/read-features.js';
import { byDensity, summariseColumns } from '../../io/features/representation.js';
import type { InstanceIds } from '../../io/instance-ids.js';
import { selectRows } from '../../ml/matrix/feature-matrix.js';
import type { DatasetRequest } from './dataset-request.js';

/** The features that a request asks for, before filters. */
export interface LoadedFeatures {
  readonly table: FeatureTable;
  /** Hash of the cells where it is known already. */
  readonly hash?: string;
  readonly cacheHit: boolean;
  readonly notes: readonly string[];
}

/**
 * Reads the features of the instances in `rows` (undefined: all), from the cache if it knows the files as they are now.
 * Undefined if there are faults.
 */
export async function loadFeatures(
  files: readonly FeatureFile[],
  ids: InstanceIds,
  rows: Uint32Array | undefined,
  request: Pick<DatasetRequest, 'cacheDirectory' | 'cacheLimitBytes' | 'verifyInput'>,
  faults: FaultList,
): Promise<LoadedFeatures | undefined> {
  const { cacheDirectory, cacheLimitBytes, verifyInput = false } = request;
  const cache = cacheDirectory === undefined ? undefined : new FeatureCache(cacheDirectory, cacheLimitBytes);
  const key = await cache?.key(files, ids);
  const known = cache && key ? await fromCache(cache, key) : undefined;
  if (known && !verifyInput) return { ...narrow(known, rows), cacheHit: true, notes: [] };
  const knownHash = known && hashFeatures(known.table).hash;
  // A sample is read without the rest, to save memory; the cache keeps whole files.
  const whole = rows === undefined || verifyInput;
  const place = whole ? Int32Array.from(ids.list.keys()) : placeOf(rows, ids.count);
  const before = await identities(files);
  const table = await readFeatures(files, ids, place, whole ? ids.count : rows.length, faults);
  if (!table) return undefined;
  const after = await identities(files);
  const changed = files.find((_, k) => before[k] !== after[k]);
  if (changed) throw new UserError(`${changed.shown} changed while it was read`, { hint: 'run the command again' });
  if (!whole) return { table, cacheHit: false, notes: [] };

  const read = hashFeatures(table);
  const notes: string[] = [];
  if (knownHash !== undefined && knownHash !== read.hash) {
    const shown = files.map((file) => file.shown).join(', ');
    notes.push(`the cache did not match ${shown}, changed without a new size or time: it was read again`);
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
      notes.push(`the parsed features could not be kept in ${cacheDirectory} (${failure.code ?? failure.message})`);
  }
  return { ...narrow(read, rows), cacheHit: false, notes };
}

/** What the cache holds, if it can be read. */
async function fromCache(cache: FeatureCache, key: string): Promise<HashedFeatures | undefined> {
  const entry = await cache.find(key);
  try {
    return entry && (await readTableOf(entry));
  } catch (error) {
    if (error instanceof UserError) throw error;
    // A cache that fails is no reason to fail: the files are there.
    return undefined;
  } finally {
    await entry?.close();
  }
}

function narrow(
  { table, hash }: HashedFeatures,
  rows: Uint32Array | undefined,
): { table: FeatureTable; hash?: string } {
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

async function identities(files: readonly FeatureFile[]): Promise<string[]> {
  return Promise.all(
    files.map(async ({ path }) => {
      const { size, mtimeNs, ino } = await stat(path, { bigint: true });
      return `${size} ${mtimeNs} ${ino}`;
    }),
  );
}
