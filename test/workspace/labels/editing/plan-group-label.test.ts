import { describe, expect, it } from 'vitest';
import type { CurrentLabel } from '../../../../src/io/results/label-log.js';
import { planGroupLabel } from '../../../../src/workspace/labels/editing/plan-group-label.js';

const members = ['a', 'b', 'c'].map((instanceId) => ({ instanceId, ident: `mail ${instanceId}` }));
const held = (label: 'malicious' | 'benign', family: string | null) => ({ label, family }) as CurrentLabel;
const current = new Map([
  ['a', held('benign', null)],
  ['b', held('malicious', 'worm')],
]);
const worm = { group: 'cluster 2', members, label: 'malicious', family: 'worm', keep: true } as const;

describe('a label for a whole group', () => {
  it('keeps what somebody has answered', () => {
    const { changes, title, notes } = planGroupLabel(current, worm);
    expect(changes).toEqual([{ instanceId: 'c', ident: 'mail c', label: 'malicious', family: 'worm' }]);
    expect(title).toBe('label 3 instances of cluster 2 malicious, "worm"');
    expect(notes).toEqual(['1 label is there already', '1 label is kept: somebody has answered']);
  });

  it('overwrites where asked to', () => {
    const { changes, notes } = planGroupLabel(current, { ...worm, keep: false });
    expect(changes.map(({ instanceId }) => instanceId)).toEqual(['a', 'c']);
    expect(notes).toEqual(['1 label is there already', '1 label is overwritten']);
  });

  it('refuses a group without members', () => {
    expect(() => planGroupLabel(current, { ...worm, members: [] })).toThrow('nobody is in cluster 2');
  });
});
