import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('keeps the bytes that wasm/trees compiles to', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build-wasm.mjs', '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
