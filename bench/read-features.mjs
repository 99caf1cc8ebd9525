// Reads feature files as openDataset does, cold and from the cache, for bench/read-features.py to pair with pandas:
// it is bundled with the sources it imports, and run as FEATURES.csv [FEATURES.csv …].
// Prints one JSON line a file: CPU seconds (the best of some runs in this process, and of the first one with nothing
// compiled yet), seconds from the cache, and the time of starting up.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FeatureCache, hashFeatures, readTableOf } from '../src/io/cache/feature-cache.ts';
import { FaultList } from '../src/io/faults.ts';
import { readFeatures } from '../src/io/features/read-features.ts';
import { InstanceIds } from '../src/io/instance-ids.ts';

const started = process.cpuUsage();

const seconds = ({ user, system }) => (user + system) / 1e6;
const startUp = seconds(started);

async function timed(work) {
  const before = process.cpuUsage();
  const result = await work();
  return [seconds(process.cpuUsage(before)), result];
}

/** The ids alone: idents.csv is not what is measured. */
function readIds(path) {
  const lines = readFileSync(path, 'latin1').trimEnd().split('\n').slice(1);
  return new InstanceIds(lines.map((line) => line.slice(0, line.indexOf(','))));
}

for (const path of process.argv.slice(2)) {
  const file = { path, shown: path, bytes: statSync(path).size, format: 'csv' };
  const ids = readIds(path);
  const place = Int32Array.from(ids.list.keys());
  const read = async () => {
    const faults = new FaultList();
    const table = await readFeatures([file], ids, place, ids.count, faults);
    faults.throwIfAny();
    return table;
  };
  const [first, table] = await timed(read);
  const folder = mkdtempSync(join(tmpdir(), 'secuml-bench-'));
  try {
    const cache = new FeatureCache(folder);
    const key = await cache.key([file], ids);
    const [hashing, hashed] = await timed(() => hashFeatures(table));
    const [storing] = await timed(() => cache.store(key, hashed, [path]));
    let best = first;
    let fromCache = Infinity;
    for (let run = 0; run < 3; run++) {
      best = Math.min(best, (await timed(read))[0]);
      const load = async () => {
        const entry = await cache.find(await cache.key([file], ids));
        const loaded = await readTableOf(entry);
        await entry.close();
        return loaded;
      };
      fromCache = Math.min(fromCache, (await timed(load))[0]);
    }
    const { rows, columns, kind } = table.X;
    const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(
      JSON.stringify({ path, rows, columns, kind, startUp, first, best, hashing, storing, fromCache, peakMiB }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
