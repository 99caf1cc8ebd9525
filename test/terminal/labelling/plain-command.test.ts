import { describe, expect, it } from 'vitest';
import { plainCommand } from '../../../src/terminal/labelling/plain-command.js';
import type { KnownFamily, Seat } from '../../../src/terminal/labelling/seat.js';
import { sitDown } from '../../../src/terminal/labelling/sit-down.js';
import { hearSession } from '../../../src/terminal/labelling/hear-session.js';
import { MemorySession } from './memory-session.js';

const families: KnownFamily[] = [
  { family: 'neptune', label: 'malicious', instances: 9 },
  { family: 'normal', label: 'benign', instances: 5 },
  { family: 'both', label: 'malicious', instances: 2 },
  { family: 'both', label: 'benign', instances: 1 },
];

function seatWith(): Seat {
  const { seat } = sitDown(new MemorySession().view, 0);
  return hearSession(seat, { came: 'families', families }).seat;
}

const does = (line: string): unknown => plainCommand(line, seatWith(), 7);
const given = (label: string, family: string | null): unknown => ({
  does: 'intend',
  intent: { do: 'give', given: { label, family }, at: 7 },
});

describe('a line of answer', () => {
  it('answers', () => {
    expect(does('  ')).toEqual({ does: 'intend', intent: { do: 'accept', at: 7 } });
    expect(does('m')).toEqual(given('malicious', null));
    expect(does('Benign')).toEqual(given('benign', null));
    expect(does('m brand new  ')).toEqual(given('malicious', 'brand new'));
    expect(does('2')).toEqual(given('benign', 'normal'));
    expect(does('f nep')).toEqual(given('malicious', 'neptune'));
    expect(does('m a\u001bb')).toEqual(given('malicious', 'ab'));
  });

  it('does not guess', () => {
    const said = (line: string): string => (does(line) as { text: string }).text;
    expect(said('9')).toContain('no family has the number 9');
    expect(said('f both')).toContain('under both labels');
    expect(said('f n')).toContain('neptune (malicious), normal (benign)');
    expect(said('f other')).toContain('m other or b other makes it');
    expect(said('nope')).toContain('"nope" is no answer');
    expect(said('u 3')).toContain('is no answer');
    expect(said(`m ${'x'.repeat(191)}`)).toContain('at most 190');
    expect(said('constructor')).toContain('is no answer');
  });

  it('tells next from next iteration, and details from what is alike', () => {
    expect(does('n')).toEqual({ does: 'intend', intent: { do: 'step', by: 1, at: 7 } });
    expect(does('N')).toEqual({ does: 'next-iteration' });
    expect(does('d src')).toEqual({ does: 'show-features', search: 'src' });
    expect(does('D')).toEqual({ does: 'show', what: 'alike' });
    expect(does('quit')).toEqual({ does: 'quit' });
  });
});
