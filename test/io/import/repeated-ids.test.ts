import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RepeatedIds } from '../../../src/io/import/repeated-ids.js';

describe('RepeatedIds', () => {
  it('suspects every id that occurs twice', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 }), { maxLength: 200 }), (list) => {
        const ids = new RepeatedIds();
        for (const id of list) ids.add(id);
        const twice = list.filter((id, k) => list.indexOf(id) !== k);
        expect(twice.every((id) => ids.isSuspect(id))).toBe(true);
        expect(ids.any).toBe(twice.length > 0);
      }),
    );
  });

  it('takes no two of many alike ids for one', () => {
    const ids = new RepeatedIds();
    for (let k = 0; k < 200_000; k++) {
      ids.add(String(k));
      ids.add(`event-${k.toString(16)}`);
      ids.add(`${k}0-x`);
    }
    expect(ids.any).toBe(false);
    ids.add('event-ff');
    expect(ids.isSuspect('event-ff')).toBe(true);
    expect(ids.isSuspect('event-fe')).toBe(false);
  });
});
