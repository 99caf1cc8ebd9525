import { describe, expect, it } from 'vitest';
import type { InstanceService } from '../../src/server/threads/instance-service.js';
import { reportDetails } from '../../src/server/threads/report-details.js';
import type { StoredMaterial } from '../../src/workspace/experiment/report-material.js';

/** The features that a report asks for, of a document that claims so many columns. */
async function askedFor(columns: number, panels: object[]): Promise<number[]> {
  const asked: number[] = [];
  const service = { feature: async ({ index }: { index: number }) => asked.push(index) } as unknown as InstanceService;
  const page = { document: { dataset: { rows: 1, columns } } };
  await reportDetails(service, 'id', { page, panels, predictions: null } as unknown as StoredMaterial);
  return asked;
}

describe('the features of a report', () => {
  it('are those with the largest weight in any class, else the first', async () => {
    const series = [
      { name: 'a', values: [1, -3, 0] },
      { name: 'b', values: [0, 0, 2] },
    ];
    const panel = { kind: 'importance', data: { features: ['x', 'y', 'z'], series } };
    expect(await askedFor(3, [panel])).toEqual([1, 2, 0]);
    expect(await askedFor(3, [])).toEqual([0, 1, 2]);
  });

  it('are no more than there are, whatever a document claims', async () => {
    const series = Array.from({ length: 200_000 }, () => ({ name: 'a', values: [1] }));
    const panel = { kind: 'importance', data: { features: ['x'], series } };
    expect(await askedFor(2 ** 52, [panel])).toEqual([0]);
    expect(await askedFor(2 ** 52, [])).toHaveLength(100);
  });
});
