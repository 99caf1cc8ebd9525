import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import type { InstanceService } from '../../src/server/threads/instance-service.js';
import { reportDetails } from '../../src/server/threads/report-details.js';
import type { StoredMaterial } from '../../src/workspace/experiment/report-material.js';
import { columnsOf } from '../rows/arbitrary-rows.js';

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

describe('the instances of a report', () => {
  const row = { ident: '', part: 'test', label: 'benign', family: null, probability: 0.5, score: Number.NaN };
  const rows = ['a', 'b'].map((instanceId, k) => ({ ...row, instanceId, predicted: 'benign', rank: k + 1 }));
  const page = { document: { dataset: { rows: 2, columns: 1 } } };
  const material = { page, panels: [], predictions: columnsOf(rows) } as unknown as StoredMaterial;
  const service = (nearest: (wanted: { instanceId: string; count: number }) => unknown) =>
    ({
      feature: async () => ({}),
      features: async () => ({ features: [] }),
      instance: async ({ predictions }: { predictions: unknown }) => ({ predictions }),
      nearest: async (wanted: { instanceId: string; count: number }) => nearest(wanted),
    }) as unknown as InstanceService;

  it('come with the two nearest of each class', async () => {
    const { instances, notes } = await reportDetails(
      service(({ instanceId, count }) => instanceId + count),
      'id',
      material,
    );
    expect(instances.map(({ nearest }) => nearest)).toEqual(['a2', 'b2']);
    expect(notes).toEqual([]);
  });

  it('come without where the features are others than those that the model learned from', async () => {
    const { instances } = await reportDetails(
      service(({ instanceId }) => {
        if (instanceId === 'a') throw new UserError('no such features');
        return instanceId;
      }),
      'id',
      material,
    );
    expect(instances.map(({ nearest }) => nearest)).toEqual([null, 'b']);
  });
});
