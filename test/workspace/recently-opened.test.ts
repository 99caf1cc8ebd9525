import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RecentlyOpened } from '../../src/workspace/recently-opened.js';

describe('what was recently opened', () => {
  it('is opened one after the other, a fault included, and once for those who ask meanwhile', async () => {
    const opened = new RecentlyOpened<string>(10);
    let opening = 0;
    let most = 0;
    let times = 0;
    const open = (value: string) => async () => {
      most = Math.max(most, ++opening);
      times++;
      await sleep(1);
      opening--;
      if (value === 'fault') throw new Error('no such thing');
      return { value, bytes: 6 };
    };
    const ask = (value: string): Promise<string> => opened.get(value, open(value)).catch(String);
    expect(await Promise.all(['a', 'fault', 'b', 'b'].map(ask))).toEqual(['a', 'Error: no such thing', 'b', 'b']);
    expect([most, times]).toEqual([1, 3]);
    // There is room for one: the other was dropped.
    await ask('b');
    expect(times).toBe(3);
    await ask('a');
    expect(times).toBe(4);
  });
});
