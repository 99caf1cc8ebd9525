import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOutputFile } from '../../src/workspace/output-file.js';
import { temporaryFolder } from '../io/temporary-dataset.js';

const makePipe = 'mkfifo';

describe('a file that the user named', () => {
  it('is written whole, or left as it was', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.csv');
    expect(await writeOutputFile(path, ['a', Buffer.from('é')])).toBe(3);
    const failing = function* (): Generator<string> {
      yield 'half';
      throw new Error('broke');
    };
    await expect(writeOutputFile(path, failing())).rejects.toThrow('broke');
    expect(readFileSync(path, 'utf8')).toBe('aé');
    expect(readdirSync(folder)).toEqual(['out.csv']);
    await expect(writeOutputFile(join(folder, 'nowhere', 'x'), ['a'])).rejects.toThrow(/cannot be written: ENOENT/);
    await expect(writeOutputFile(folder, ['a'])).rejects.toThrow(/cannot be written: EISDIR/);
  });

  it('is not put in the place of a device or a pipe', async () => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync(makePipe, [path]);
    const [read, bytes] = await Promise.all([readFile(path, 'utf8'), writeOutputFile(path, ['a', 'b'])]);
    expect([read, bytes]).toEqual(['ab', 2]);
    expect(statSync(path).isFIFO()).toBe(true);
    expect(await writeOutputFile('/dev/null', ['a'])).toBe(1);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
