import { describe, expect, it } from 'vitest';
import { formatTable } from '../../src/terminal/table.js';
import { textWidth, wrapText } from '../../src/terminal/wrap.js';

const widest = (text: string): number => Math.max(...text.split('\n').map(textWidth));

describe('formatTable', () => {
  const head = ['', 'train', 'test'];
  const rows = [
    ['instances', '6,046', '1,000'],
    ['false positive rate (of the benign)', '<0.1 %', '2.3 % [0.8 %, 3.8 %]'],
  ];

  it('aligns where there is room', () => {
    expect(formatTable(rows, { head, width: 80 })).toBe(formatTable(rows, { head }));
    expect(formatTable(rows, { head }).split('\n')).toHaveLength(3);
  });

  it('lists its rows where there is none', () => {
    const text = formatTable(rows, { head, width: 40 });
    expect(text.split('\n')).toEqual([
      '  instances',
      '    train 6,046',
      '    test 1,000',
      '  false positive rate (of the benign)',
      '    train <0.1 %',
      '    test 2.3 % [0.8 %, 3.8 %]',
    ]);
  });

  it('wraps a last column of text', () => {
    const told = [
      ['files', 'model.json (68 kB), predictions.csv (1.2 MB), rows.bin (882 kB)'],
      ['folder', 'output_data'],
    ];
    const text = formatTable(told, { align: ['left', 'left'], width: 40 });
    expect(text.split('\n')).toEqual([
      '  files   model.json (68 kB),',
      '          predictions.csv (1.2 MB),',
      '          rows.bin (882 kB)',
      '  folder  output_data',
    ]);
  });

  it.each([30, 40, 60])('keeps to %i columns', (width) => {
    const wideCells = [['名前が長い特徴量', 'x y z '.repeat(20).trim(), '\u001b[31mred words in a cell\u001b[39m']];
    expect(widest(formatTable(wideCells, { head: ['', 'a', 'b'], width }))).toBeLessThanOrEqual(width);
    expect(widest(formatTable(rows, { head, width }))).toBeLessThanOrEqual(width);
  });
});

describe('wrapText', () => {
  it('breaks at blanks, keeps what is too long, and counts neither colours nor combining marks', () => {
    expect(wrapText('one two three', 7)).toBe('one two\nthree');
    expect(wrapText('one  two', 4)).toBe('one\ntwo');
    expect(wrapText('    one two', 8, '  ')).toBe('    one\n  two');
    expect(wrapText('a averylongword b', 6, '  ')).toBe('a\n  averylongword\n  b');
    expect(textWidth('\u001b[1me\u0301\u001b[22m')).toBe(1);
    expect(textWidth('漢字')).toBe(4);
  });
});
