import { parentPort } from 'node:worker_threads';

// A thread of a service with three methods: one that answers, one that never does, and one that computes for ever.
const post = parentPort.postMessage.bind(parentPort);
parentPort.on('message', ({ id, method }) => {
  post({ id, began: true });
  if (method === 'answer') post({ id, output: 'answer' });
  if (method === 'compute') for (;;);
});
