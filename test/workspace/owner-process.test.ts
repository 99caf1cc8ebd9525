import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isAlive, thisProcess } from '../../src/workspace/owner-process.js';

describe('the owner of an experiment', () => {
  it('lives while its process does', async () => {
    const child = spawn('sleep', ['60']);
    const owner = { ...thisProcess(), pid: child.pid ?? 0, processStart: null };
    expect(isAlive(owner, 0)).toBe(true);
    expect(isAlive(thisProcess(), 1e9)).toBe(true);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(isAlive(owner, 0)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')('is not another process that got its pid', () => {
    expect(isAlive({ ...thisProcess(), processStart: 'boot/1' }, 0)).toBe(false);
  });

  it('on another host lives as long as it is heard of', () => {
    const owner = { ...thisProcess(), host: 'elsewhere.example.org' };
    expect(isAlive(owner, 60_000)).toBe(true);
    expect(isAlive(owner, 600_000)).toBe(false);
  });
});
