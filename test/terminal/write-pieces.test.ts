import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { writePieces } from '../../src/terminal/write-pieces.js';

/** A stream that keeps what it is given. */
function keeper(isTTY: boolean) {
  const kept: Buffer[] = [];
  const stream = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      kept.push(piece);
      done();
    },
  });
  stream.on('error', () => {});
  return {
    stream: Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream,
    text: () => Buffer.concat(kept).toString(),
  };
}

describe('pieces written to a stream', () => {
  it('are as they are for a pipe, and harmless on a terminal', async () => {
    const long = 'x'.repeat(20_000);
    const piece = `id,\u001b[2Jname \u009b31m\u202e\n${long}\n`;
    const [pipe, terminal] = [keeper(false), keeper(true)];
    expect(await writePieces(pipe.stream, [piece])).toBe(true);
    expect(pipe.text()).toBe(piece);
    expect(await writePieces(terminal.stream, [piece])).toBe(true);
    expect(terminal.text()).toBe(`id,\\u{1b}[2Jname \\u{9b}31m\\u{202e}\n${long}\n`);
  });

  it('are no longer made when the reader has gone away', async () => {
    const { stream } = keeper(false);
    let made = 0;
    const pieces = function* (): Generator<string> {
      for (;;) {
        made++;
        if (made === 3) stream.destroy(Object.assign(new Error('gone'), { code: 'EPIPE' }));
        yield 'line\n';
      }
    };
    expect(await writePieces(stream, pieces())).toBe(false);
    expect(made).toBe(3);
  });
});
