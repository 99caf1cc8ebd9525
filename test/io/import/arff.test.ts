import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/errors.js';
import { type ArffHeader, arffHeader, arffRow, isArff } from '../../../src/io/import/arff.js';

const text = `% a comment
\r
@RELATION 'KDD test'
@attribute 'src bytes' real
@Attribute protocol {'tcp', udp}
@attribute "is \\"odd\\"" INTEGER
@attribute when date "yyyy-MM-dd"
@attribute class{normal,anomaly}

@DATA
1,udp,3,"2024-03-01",normal
`;

const header: ArffHeader = {
  names: ['src bytes', 'protocol', 'is "odd"', 'when', 'class'],
  defaults: ['0', 'tcp', '0', '', 'normal'],
  lines: 10,
};

describe('isArff', () => {
  it.each([
    [text, true],
    ['  @relation x\n', true],
    ['a,b\n@relation x\n', false],
    ['@relations,b\n', false],
    ['% not yet\n', false],
  ])('%j: %s', (start, expected) => expect(isArff(start)).toBe(expected));

  it('is quick on what never comes to an end', () => {
    const began = performance.now();
    expect(isArff(`${'\n'.repeat(100_000)}x`)).toBe(false);
    expect(isArff(`${' % \n'.repeat(100_000)}x`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('arffHeader', () => {
  it('gives names, what a sparse row leaves out, and the lines before the rows', () => {
    expect(arffHeader(text, 'a.arff')).toEqual(header);
  });

  it.each([
    ['@relation x\n@attribute a numeric\n', 'a.arff:2: found no line "@data"'],
    ['@relation x\n@attribute a numerical\n@data\n', 'a.arff:2: found "@attribute a numerical"'],
    ["@relation x\n@attribute 'a numeric\n@data\n", 'found "@attribute \'a numeric"'],
    ['@relation x\n\n@attribute a {b\n@data\n', 'a.arff:3: found "@attribute a {b"'],
    ['@relation x\n@attribute a relational\n@data\n', 'found "@attribute a relational"'],
    ['@relation x\n1,2\n@data\n', 'a.arff:2: found "1,2", expected @attribute NAME TYPE'],
  ])('%j', (wrong, message) => {
    expect(() => arffHeader(wrong, 'a.arff')).toThrow(DataError);
    expect(() => arffHeader(wrong, 'a.arff')).toThrow(message);
  });
});

describe('arffRow', () => {
  it.each([
    ['1,udp,3,?,normal', ['1', 'udp', '3', '?', 'normal']],
    [" 1 ,\t'a, b' , \"it's\" , 'it\\'s',anomaly \r", ['1', 'a, b', "it's", "it's", 'anomaly']],
    ['1,,3,4,5', ['1', '', '3', '4', '5']],
    // A weight is none of the cells.
    ['1,udp,3,?,normal, {0.5}', ['1', 'udp', '3', '?', 'normal']],
    ['{0 7, 2 ?,4 anomaly}', ['7', 'tcp', '?', '', 'anomaly']],
    ["{ 1 'udp' }", ['0', 'udp', '0', '', 'normal']],
    ['{}', header.defaults],
    ['{0 7}, {2}', ['7', 'tcp', '0', '', 'normal']],
    ['  % a comment', undefined],
    ['\r', undefined],
  ])('%j', (line, cells) => expect(arffRow(line, header)).toEqual(cells));

  it.each([
    ["1,'udp,3", 'a quote that is never closed'],
    ['{0 7', 'a sparse row without its closing brace'],
    ['{0 7,5 1}', '"5 1" in a sparse row'],
    ['{x 7}', '"x 7" in a sparse row'],
    ["{0 '7}", 'a quote that is never closed'],
  ])('%j: %s', (line, found) => expect(arffRow(line, header)).toMatchObject({ found }));

  it('gives back every row that is quoted by the rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', "'", ',', '\\', ' ', '{', '}', '%', '?', 'é') });
    const quoted = (raw: string, mark: string): string =>
      `${mark}${raw.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`)}${mark}`;
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), fc.constantFrom("'", '"'), (cells, mark) => {
        expect(arffRow(cells.map((c) => quoted(c, mark)).join(','), header)).toEqual(cells);
      }),
    );
  });
});
