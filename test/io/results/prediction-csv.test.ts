import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { csvNumber, csvText } from '../../../src/io/results/csv-cell.js';
import { predictionCsvHeader, writePredictionCsv } from '../../../src/io/results/prediction-csv.js';
import { hostileTexts } from '../../db/hostile-values.js';
import { exampleCoordinates, examplePredictions } from '../../workspace/example-result.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('CSV cells', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    ['\r=1', `"'\r'=1"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['-5', '-5'],
    ['+1.5e-3', '+1.5e-3'],
    ['-.5', '-.5'],
    ['-', "'-"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['Ａ', 'Ａ'],
    ['', ''],
    [' =1', ' =1'],
    // Where lines are split at semicolons, this is a cell of its own.
    ['a;=1+1', "a;'=1+1"],
    ['a;b;-5;+2;-x', "a;b;-5;+2;'-x"],
    ['a\n=1;@x', `"a\n'=1;'@x"`],
    ['a;"=1"', `"a;""'=1"""`],
    ['a\t＝1', "a\t'＝1"],
    ['a = b; c - d', 'a = b; c - d'],
  ])('writes %j as %j', (text, cell) => {
    expect(csvText(text)).toBe(cell);
  });

  it('writes numbers that read back to the same bits', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const cell = csvNumber(value);
        expect(cell === '' ? Number.NaN : Number(cell)).toBe(value);
      }),
    );
    expect(csvNumber(Number.NaN)).toBe('');
    expect(csvNumber(-0)).toBe('-0');
  });
});

/** A text without the apostrophes that keep spreadsheets from it. */
const unguarded = (cell: string): string => cell.replace(/(^|[;\t\r\n][" ]*)'(?=[=+\-@\t\r\n])/g, '$1');

describe('predictions.csv', () => {
  it('reads back, hostile texts too, and begins no cell with a formula', async () => {
    const path = join(folder, 'p.csv');
    const table = {
      ...examplePredictions(hostileTexts.length, hostileTexts),
      family: { names: ['=a', 'b,"c"'], codes: new Int32Array(hostileTexts.length) },
    };
    table.probability[1] = Number.NaN;
    await writePredictionCsv(path, table);
    const text = readFileSync(path, 'utf8');
    expect(text.split('\n')[0]).toBe(predictionCsvHeader({}));
    expect(text.endsWith('\n')).toBe(true);
    const rows: string[][] = parse(text, { from_line: 2 });
    expect(rows).toHaveLength(table.rows);
    for (const [i, row] of rows.entries()) {
      expect(unguarded(row[0])).toBe(hostileTexts[i]);
      expect(row[5]).toBe("'=a");
      expect(row[6] === '' ? Number.NaN : Number(row[6])).toBe(table.probability[i]);
      expect(Number(row[7])).toBe(table.score[i]);
      expect(row[3]).toBe('');
      for (const cell of row) expect(cell).not.toMatch(/^[=+@\t\r]|^-(?!\d)/);
    }
    expect(rows[0][4]).toBe('');
  });

  it('writes coordinates with labels and families', async () => {
    const path = join(folder, 'coordinates.csv');
    const table = exampleCoordinates(hostileTexts.length, 2, hostileTexts);
    await writePredictionCsv(path, table);
    const [header, ...rows] = parse(readFileSync(path)) as string[][];
    expect(header).toEqual(['instance_id', 'ident', 'c1', 'c2', 'label', 'family']);
    expect(rows).toHaveLength(hostileTexts.length);
    rows.forEach(([id, ident, c1, c2, label, family], i) => {
      expect(unguarded(id)).toBe(hostileTexts[i]);
      expect(unguarded(ident)).toBe(hostileTexts[i]);
      expect([Number(c1), Number(c2)]).toEqual(table.coordinates.map((values) => values[i]));
      expect(label).toBe(table.label.names[table.label.codes[i]] ?? '');
      expect(family).toBe(table.family.names[table.family.codes[i]] ?? '');
    });
  });

  it('writes no rows as a header alone', async () => {
    const path = join(folder, 'empty.csv');
    await writePredictionCsv(path, examplePredictions(0));
    expect(readFileSync(path, 'utf8')).toBe(`${predictionCsvHeader({})}\n`);
  });
});
