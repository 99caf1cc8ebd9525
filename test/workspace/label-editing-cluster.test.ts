import { describe, expect, it } from 'vitest';
import type { CurrentLabel } from '../../src/io/results/label-log.js';
import { planClusterLabel } from '../../src/workspace/label-editing-cluster.js';

const members = ['a', 'b', 'c'].map((instanceId) => ({ instanceId, ident: `mail ${instanceId}` }));
const held = (label: 'malicious' | 'benign', family: string | null) => ({ label, family }) as CurrentLabel;
const current = new Map([
  ['a', held('benign', null)],
  ['b', held('malicious', 'worm')],
]);
const worm = { cluster: '2', members, label: 'malicious', family: 'worm', keep: true } as const;

describe('a label for a whole cluster', () => {
  it('keeps what somebody has answered', () => {
    const { changes, title, notes } = planClusterLabel(current, worm);
    expect(changes).toEqual([{ instanceId: 'c', ident: 'mail c', label: 'malicious', family: 'worm' }]);
    expect(title).toBe('label 3 instances of cluster 2 malicious, "worm"');
    expect(notes).toEqual(['1 label is there already', '1 label is kept: somebody has answered']);
  });

  it('overwrites where asked to', () => {
    const { changes, notes } = planClusterLabel(current, { ...worm, keep: false });
    expect(changes.map(({ instanceId }) => instanceId)).toEqual(['a', 'c']);
    expect(notes).toEqual(['1 label is there already', '1 label is overwritten']);
  });

  it('refuses a cluster without members', () => {
    expect(() => planClusterLabel(current, { ...worm, members: [] })).toThrow('no cluster "2"');
  });
});
