import { describe, expect, it } from 'vitest';
import { dateForms, epochForm, timestampCell } from '../../../src/io/import/date-forms.js';
import { parseTimestamp } from '../../../src/io/timestamps.js';

function formsOf(text: string): Record<string, string> {
  const read = dateForms.map(({ id, parse }) => [id, parse(text)] as const);
  return Object.fromEntries(
    read.filter(([, time]) => !Number.isNaN(time)).map(([id, time]) => [id, timestampCell(time)]),
  );
}

describe('dateForms', () => {
  it.each([
    ['2024-03-05T12:00:01.250+0100', { iso: '2024-03-05T11:00:01.250Z' }],
    ['2024/3/5 12:00:01', { ymd: '2024-03-05 12:00:01' }],
    ['25/03/2024 7:05', { dmy: '2024-03-25 07:05:00' }],
    ['3/25/2024 12:05:06 AM', { mdy: '2024-03-25 00:05:06' }],
    ['3/5/2024, 11:05:06 PM', { dmy: '2024-05-03 23:05:06', mdy: '2024-03-05 23:05:06' }],
    ['05.03.2024 12:00', { dotted: '2024-03-05 12:00:00' }],
    ['[10/Oct/2000:13:55:36 -0700]', { 'access-log': '2000-10-10 20:55:36' }],
    ['Mar 5, 2024 @ 12:00:00.125', { 'month-first': '2024-03-05T12:00:00.125Z' }],
    ['Tue, 15 Nov 1994 08:12:31 GMT', { mail: '1994-11-15 08:12:31' }],
    ['31/02/2024 10:00:00', {}],
    ['3/25/2024 13:05:06 PM', {}],
    ['10.0.0.1', {}],
    ['1.2.3', {}],
    ['20240305', {}],
  ])('%s', (text, expected) => expect(formsOf(text)).toEqual(expected));
});

describe('epochForm', () => {
  it.each([
    [1_331_901_000.5, 'epoch-seconds'],
    [1_331_901_000_500, 'epoch-milliseconds'],
    [1_331_901_000_500_000, 'epoch-microseconds'],
    [1_331_901_000_500_000_000, 'epoch-nanoseconds'],
  ])('%d is of the unit %s', (value, id) => {
    const form = epochForm(value, value);
    expect(form?.id).toBe(id);
    expect(timestampCell(form?.parse(String(value)) ?? Number.NaN)).toBe('2012-03-16T12:30:00.500Z');
  });

  it('takes no number of another size for a time', () => {
    expect(epochForm(0, 1_331_901_000)).toBeUndefined();
    expect(epochForm(443, 65_535)).toBeUndefined();
  });
});

describe('timestampCell', () => {
  it('is what idents.csv reads back to the same time', () => {
    for (const time of [0, 1_709_640_001_250, 1_709_640_001_000, 4_102_444_799_999]) {
      expect(parseTimestamp(timestampCell(time))).toBe(time);
    }
  });
});
