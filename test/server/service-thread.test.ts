import { afterEach, describe, expect, it } from 'vitest';
import { ServiceThread } from '../../src/server/threads/service-thread.js';
import { exampleConfiguration } from '../workspace/example-result.js';

type Hanging = { answer(): Promise<string>; wait(): Promise<string>; compute(): Promise<string> };

let thread: ServiceThread<Hanging>;
function start(limitMilliseconds: number): void {
  const configuration = exampleConfiguration('output_data', { kind: 'sqlite', file: 'absent.db' });
  const entry = new URL('./hanging-thread.mjs', import.meta.url);
  thread = new ServiceThread<Hanging>('archive', configuration, { limitMilliseconds, entry });
}
afterEach(() => thread.close());

const ask = (method: keyof Hanging): Promise<string> => thread.call(method, undefined as never);

describe('a call that never ends', () => {
  it.each(['wait', 'compute'] as const)('is given up with its thread, which is replaced (%s)', async (method) => {
    start(300);
    expect(await ask('answer')).toBe('answer');
    const hanging = expect(ask(method)).rejects.toMatchObject({
      status: 504,
      message: 'this took longer than 0.3 seconds and was given up',
    });
    // Behind one that computes for ever; beside one that waits it is answered at once.
    const other = ask('answer').catch(({ status }: { status: number }) => status);
    await hanging;
    expect(await other).toBe(method === 'compute' ? 503 : 'answer');
    expect(await ask('answer')).toBe('answer');
  });

  it('does not keep the server from ending', async () => {
    start(60_000);
    const refused = expect(ask('compute')).rejects.toMatchObject({ status: 503, message: 'the server is stopping' });
    await thread.close();
    await refused;
  });
});
