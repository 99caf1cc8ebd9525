import { Chalk } from 'chalk';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textCells } from '../../../src/terminal/labelling/cells.js';
import { frame } from '../../../src/terminal/labelling/frame.js';
import { type Key, KeyDecoder } from '../../../src/terminal/labelling/key-decoder.js';
import { lineCells } from '../../../src/terminal/labelling/lines.js';
import { paintLine } from '../../../src/terminal/labelling/paint-line.js';
import { labelNow } from '../../../src/terminal/labelling/seat.js';
import { styleFor } from '../../../src/terminal/style.js';
import { MemorySession } from './memory-session.js';
import { Play } from './play.js';

const hostile = [
  'plain',
  '\u001b[31mred',
  '右から左に書く名前',
  'e\u0301\u0301\u0301\u0301',
  'x'.repeat(400),
  '👍👍 ok',
  '',
];
const keys = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'mbfus?npdDiNhq123 /oyz') },
  { weight: 2, arbitrary: fc.constantFrom('\r', '\t', '\x1b[A', '\x1b[B', '\x1b[5~', '\x1b[6~', '\x1b[F', '\x7f') },
  { weight: 2, arbitrary: fc.constant('\x1b') },
  { weight: 1, arbitrary: fc.constantFrom('\x1b[200~pasted\x1b[201~', '\x15', '漢', '\x0c') },
);
const deeds = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant('key' as const), keys }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('rest' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resize' as const), columns: fc.nat(140), rows: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('other' as const), n: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disk' as const), full: fc.boolean() }) },
);

const style = { ...styleFor(process.stdout, { NO_COLOR: '1' }), title: new Chalk({ level: 0 }) };

function keysOf(typed: string): Key[] {
  const decoder = new KeyDecoder();
  return [...decoder.feed(typed), ...decoder.flush()];
}

function checkFrame(play: Play): void {
  const { size, unicode } = play.screen;
  const lines = frame(play.screen);
  expect(lines.length).toBeLessThanOrEqual(size.rows);
  for (const line of lines) {
    expect(lineCells(line)).toBeLessThanOrEqual(size.columns);
    const painted = paintLine(line, style, unicode);
    expect(painted).not.toMatch(/\p{Cc}/u);
    expect(textCells(painted)).toBeLessThanOrEqual(size.columns);
    if (!unicode) expect(painted).toMatch(/^[ -~]*$/);
  }
}

describe('any keys, in any order', () => {
  it('never fail, never overflow the screen, never lose an answer that was acknowledged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deeds, { maxLength: 60 }), fc.boolean(), async (done, unicode) => {
        const session = new MemorySession({ batch: 5, iterations: 4, idents: (n) => hostile[n % hostile.length] });
        let acknowledged = 0;
        const answer = session.answer.bind(session);
        session.answer = async (...given) => {
          const reply = await answer(...given);
          acknowledged++;
          return reply;
        };
        const play = new Play(session, { columns: 80, rows: 24 }, unicode);
        for (const deed of done) {
          if (deed.do === 'key') for (const key of keysOf(deed.keys)) play.hit(key);
          if (deed.do === 'rest') await play.rest();
          if (deed.do === 'resize') play.happen({ came: 'resized', size: deed });
          if (deed.do === 'other') session.someoneAnswers(deed.n, { label: 'benign', family: 'ftp' });
          if (deed.do === 'disk') session.refusing = deed.full;
          checkFrame(play);
        }
        await play.rest();
        checkFrame(play);
        const { seat } = play.screen;
        expect(seat.writing.size).toBe(0);
        expect(seat.undoing).toBe(0);
        expect(seat.answers).toBe(acknowledged);
        // What the screen says of a query of this iteration is what the label set says.
        for (const { n } of session.view.queries) {
          const label = labelNow(seat, n);
          expect(label && { label: label.label, family: label.family }).toEqual(session.labelOf(n));
        }
      }),
    );
  });
});
