import { describe, expect, it } from 'vitest';
import { styleFor } from '../../src/terminal/style.js';

const terminal = { isTTY: true, columns: 120 } as NodeJS.WriteStream;
const pipe = { isTTY: false } as NodeJS.WriteStream;

describe('colours', () => {
  it.each([
    ['a terminal', terminal, {}, true],
    ['a pipe', pipe, {}, false],
    ['a terminal under NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, false],
    ['a pipe under FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
  ])('%s', (_title, stream, environment, coloured) => {
    expect(styleFor(stream, environment).malicious('x') !== 'x').toBe(coloured);
  });

  it('know the width of a terminal, and assume one elsewhere', () => {
    expect(styleFor(terminal, {}).width).toBe(120);
    expect(styleFor(pipe, {}).width).toBe(100);
    expect(styleFor({ isTTY: true, columns: 0 } as NodeJS.WriteStream, {}).width).toBe(100);
  });
});
