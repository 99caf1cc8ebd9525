import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openByteSource } from '../../../src/io/files/byte-source.js';
import { readRegularFile } from '../../../src/io/files/regular-file.js';
import { RowsReader } from '../../../src/io/results/rows-reader.js';
import { readTextFile } from '../../../src/workspace/limited-file.js';
import { readModelFile } from '../../../src/workspace/experiment/read-model.js';
import { temporaryFolder } from '../temporary-dataset.js';

/** Of every system that knows named pipes. */
const makePipe = 'mkfifo';

/** What a folder from somebody else may hold in place of a file: none of it may be waited for or read on and on. */
function noFiles(folder: string): string[] {
  const path = (name: string): string => join(folder, name);
  execFileSync(makePipe, [path('pipe')]);
  symlinkSync('/dev/zero', path('device'));
  mkdirSync(path('folder'));
  symlinkSync(path('pipe'), path('link'));
  return ['pipe', 'device', 'folder', 'link'].map(path);
}

describe.skipIf(process.platform === 'win32')('what is no regular file', () => {
  it('is refused at once by everything that reads', async () => {
    const folder = temporaryFolder();
    const reference = { name: '', bytes: 1, sha256: '' };
    for (const path of noFiles(folder)) {
      const what = /a pipe, a device or a folder/;
      await expect(readRegularFile(path)).rejects.toThrow(what);
      await expect(readTextFile(path, 10)).rejects.toThrow(what);
      await expect(openByteSource(path, 'features.csv')).rejects.toThrow(what);
      await expect(RowsReader.open(path)).rejects.toThrow(what);
    }
    execFileSync(makePipe, [join(folder, 'model.json')]);
    const artifacts = { artifacts: [{ ...reference, name: 'model.json' }] } as never;
    await expect(readModelFile({ id: 'x', directory: folder }, artifacts)).rejects.toThrow(/a pipe/);
  });

  it('is told from a file, and from a link to one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'text');
    symlinkSync('file', join(folder, 'link'));
    expect(String(await readRegularFile(join(folder, 'link')))).toBe('text');
    await expect(readRegularFile(join(folder, 'absent'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
