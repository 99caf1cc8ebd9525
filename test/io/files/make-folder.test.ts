import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { makeFolder } from '../../../src/io/files/make-folder.js';
import { temporaryFolder } from '../temporary-dataset.js';

async function refusal(path: string): Promise<string> {
  const error = await makeFolder(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe('makeFolder', () => {
  it('makes a folder and those above it, and bears that it is there', async () => {
    const path = join(temporaryFolder(), 'a', 'b', 'c');
    await Promise.all([makeFolder(path), makeFolder(path)]);
    await makeFolder(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it.skipIf(!existsSync('/proc/self'))('ends where no folder can be made', async () => {
    expect(await refusal('/proc/x')).toBe('the folder /proc/x cannot be made: no folders can be made there');
    expect(await refusal('/proc/x/y')).toContain('/proc/x cannot be made');
  });

  it('tells of a symbolic link that leads nowhere, and of a file', async () => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
    expect(await refusal(join(folder, 'link'))).toMatch(/it is a symbolic link to .*nowhere, which is no folder/);
    expect(await refusal(join(folder, 'link', 'below'))).toContain('link cannot be made: it is a symbolic link');
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal(join(folder, 'file'))).toContain('a file of that name is there');
    expect(await refusal(join(folder, 'file', 'below'))).toContain('what is above it is a file');
  });
});
