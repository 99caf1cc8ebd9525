import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { LoopLog } from '../../../src/io/results/loop-log.js';
import type { LoopEvent } from '../../../src/schema/loop-log.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-loop-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const newPath = (): string => join(folder, `${count++}`, 'loops', 'id.jsonl');
const next = (iteration: number): LoopEvent => ({
  type: 'next',
  at: '2026-01-01T00:00:00.000Z',
  author: 'Zoë',
  iteration,
});

async function readAgain(path: string): Promise<LoopLog> {
  const log = new LoopLog(path);
  await log.refresh();
  return log;
}

describe("a loop's log", () => {
  it('keeps events in order, also those of somebody else who appends to it', async () => {
    const mine = new LoopLog(newPath());
    expect(await mine.refresh()).toBe(false);
    await mine.append([next(1), next(2)]);
    const theirs = new LoopLog(mine.path);
    await theirs.append([next(3)]);
    await mine.append([next(4)]);
    expect(mine.events).toStrictEqual([1, 2, 3, 4].map(next));
    expect((await readAgain(mine.path)).events).toStrictEqual(mine.events);
  });

  it('leaves out what was torn off, and glues nothing to it', async () => {
    const log = new LoopLog(newPath());
    await log.append([next(1)]);
    appendFileSync(log.path, '{"type":"next","at":"20');
    const other = await readAgain(log.path);
    expect(other.events).toStrictEqual([next(1)]);
    await other.append([next(2)]);
    expect(readFileSync(log.path, 'utf8').split('\n')).toHaveLength(3);
    expect((await readAgain(log.path)).events).toStrictEqual([next(1), next(2)]);
  });

  it('names a line that is no event, and goes on behind it', async () => {
    const log = new LoopLog(newPath());
    await log.append([next(1)]);
    appendFileSync(log.path, '{"type":"dance\u001b[31m"}\n');
    await log.append([next(2)]);
    expect(log.events).toStrictEqual([next(1), next(2)]);
    expect(log.warnings).toHaveLength(1);
    expect(log.warnings[0]).toContain(`${log.path}:2: found {"type":"dance\\u{1b}[31m"}`);
  });

  it('has the whole of what it acknowledged, also where a single write takes a part only', async () => {
    const log = new LoopLog(newPath());
    await log.append([next(1)]);
    const probe = await open(log.path);
    const prototype = Object.getPrototypeOf(probe) as FileHandle;
    await probe.close();
    const write = vi.spyOn(prototype, 'write').mockImplementation(async function (this: FileHandle, text: unknown) {
      // As on a disk that is nearly full: no error, some bytes.
      writeFileSync(this.fd, String(text).slice(0, 10));
      return { bytesWritten: 10, buffer: text };
    } as FileHandle['write']);
    try {
      await log.append([next(2)]);
    } finally {
      write.mockRestore();
    }
    expect((await readAgain(log.path)).events).toStrictEqual([next(1), next(2)]);
  });
});
