import { expect, it } from 'vitest';
import { denseFromRows } from '../../src/ml/matrix/feature-matrix.js';
import runTask from '../../src/parallel/worker.js';

const message = { task: 'find-neighbours', session: 1, shared: { X: denseFromRows([[0], [3], [1]]), k: 1 }, item: 0 };

it('runs a task', async () => {
  expect(await runTask({ ...message, cancel: Int32Array.of(0) })).toEqual({ output: Uint32Array.of(2) });
});

it('does not begin a task that waited in the queue until the work was cancelled', async () => {
  expect(await runTask({ ...message, cancel: Int32Array.of(1) })).toEqual({ interrupted: true });
});
