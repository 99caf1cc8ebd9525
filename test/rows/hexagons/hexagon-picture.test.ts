import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaText, keepInArea, readArea } from '../../../src/rows/hexagons/area.js';
import { hexagonBins, type PictureWindow } from '../../../src/rows/hexagons/hexagon-bins.js';
import { cellCentre, finestLevel, hexagonFrame } from '../../../src/rows/hexagons/hexagon-grid.js';
import { hexagonPicture, type PicturedRows } from '../../../src/rows/hexagons/hexagon-picture.js';

const coordinate = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 80 });
const level = fc.integer({ min: 0, max: finestLevel });

/** Windows of at most some forty widths at their level. */
const view = fc
  .record({
    level,
    left: fc.double({ min: -2, max: 31, noNaN: true }),
    bottom: fc.double({ min: -2, max: 24, noNaN: true }),
    width: fc.double({ min: 0, max: 40, noNaN: true }),
  })
  .map(({ level: wanted, left, bottom, width }): { level: number; window: PictureWindow } => {
    const side = width / 2 ** wanted;
    return { level: wanted, window: { left, right: left + side, bottom, top: bottom + side } };
  });

const whole: PictureWindow = { left: 0, right: 30, bottom: 0, top: 22.5 };

const around = ({ left, right, bottom, top }: PictureWindow, by: number): PictureWindow => ({
  left: left - by,
  right: right + by,
  bottom: bottom - by,
  top: top + by,
});

/** n instances with every kind of label and family. */
function rowsAt(of: readonly (readonly [number, number])[]): PicturedRows {
  return {
    instanceId: of.map((_, i) => `i${i}`),
    ident: of.map((_, i) => `ident ${i}`),
    label: {
      names: ['malicious', 'benign'],
      codes: Int32Array.from(of, (_, i) => (i % 4 === 3 ? -1 : i % 3 === 0 ? 0 : 1)),
    },
    family: { names: ['', 'worm', 'mail', 'bot'], codes: Int32Array.from(of, (_, i) => (i % 5) - 1) },
    coordinates: [Float64Array.from(of, ([x]) => x), Float64Array.from(of, ([, y]) => y)],
  };
}

describe('hexagonBins', () => {
  it('puts every point into the nearest hexagon of the level', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 3 }), (of, wanted) => {
        const {
          coordinates: [x, y],
        } = rowsAt(of);
        const frame = hexagonFrame({ x, y });
        const { columns, rows, starts, members } = hexagonBins(x, y, frame, wanted, whole);
        expect(members).toHaveLength(of.length);
        expect(starts[columns.length]).toBe(of.length);
        const centres = Array.from(columns, (column, k) => cellCentre(column, rows[k], wanted));
        for (let k = 0; k < columns.length; k++) {
          expect(starts[k + 1]).toBeGreaterThan(starts[k]);
          for (const i of members.subarray(starts[k], starts[k + 1])) {
            const [u, v] = [(x[i] - frame.xRange[0]) / frame.unit[0], (y[i] - frame.yRange[0]) / frame.unit[1]];
            const away = centres.map((centre) => Math.hypot(u - centre.u, v - centre.v) * 2 ** wanted);
            expect(away[k]).toBeLessThanOrEqual(1 / Math.sqrt(3) + 1e-6);
            expect(away[k]).toBeLessThanOrEqual(Math.min(...away) + 1e-6);
          }
        }
      }),
    );
  });

  it('has hexagons whose neighbours are a width apart', () => {
    const side = Array.from({ length: 200 }, (_, i) => i);
    const x = Float64Array.from(side.flatMap((i) => side.map(() => i)));
    const y = Float64Array.from(side.flatMap(() => side));
    const { columns, rows } = hexagonBins(x, y, hexagonFrame({ x, y }), 0, whole);
    const centres = Array.from(columns, (column, k) => cellCentre(column, rows[k], 0));
    const middle = centres.find(({ u, v }) => Math.abs(u - 15) < 1 && Math.abs(v - 10) < 1) ?? { u: 0, v: 0 };
    const near = centres.map(({ u, v }) => Math.hypot(u - middle.u, v - middle.v)).filter((away) => away < 1.1);
    expect(near.sort().map((away) => Number(away.toFixed(9)))).toEqual([0, 1, 1, 1, 1, 1, 1]);
  });
});

describe('hexagonPicture', () => {
  it('counts at any window and level exactly the rows whose hexagons it has, as lists of them do', () => {
    fc.assert(
      fc.property(points, view, (of, { level: wanted, window }) => {
        const rows = rowsAt(of);
        const wider = around(window, 5 / 2 ** wanted);
        const all = hexagonPicture(rows, { x: 1, y: 2, level: wanted, window: wider, members: 0 });
        const { hexagons } = hexagonPicture(rows, { x: 1, y: 2, level: wanted, window, members: 2 });
        const at = new Map(all.hexagons.map((hexagon) => [`${hexagon.u} ${hexagon.v}`, hexagon]));
        const seen = new Uint8Array(of.length);
        for (const { members, ...hexagon } of hexagons) {
          // A piece says of a hexagon what the whole picture says of it.
          expect(at.get(`${hexagon.u} ${hexagon.v}`)).toEqual({ ...hexagon, members: [] });
          expect(members).toHaveLength(Math.min(2, hexagon.instances));
          const size = 2 ** -wanted;
          const cell = {
            level: wanted,
            column: Math.round((2 * hexagon.u) / size),
            row: Math.round((2 * hexagon.v) / size / Math.sqrt(3)),
          };
          const marks = new Uint8Array(of.length).fill(1);
          keepInArea(marks, rows, areaText({ x: 1, y: 2, frame: 'all', kind: 'hexagon', ...cell }));
          expect(marks.reduce((sum, mark) => sum + mark, 0)).toBe(hexagon.instances);
          const labelled = { malicious: 0, benign: 0 };
          marks.forEach((mark, i) => {
            seen[i] += mark;
            const word = rows.label.names[rows.label.codes[i]] as 'malicious' | 'benign' | undefined;
            if (mark === 1 && word !== undefined) labelled[word]++;
          });
          expect(labelled).toEqual({ malicious: hexagon.malicious, benign: hexagon.benign });
        }
        // What is in the window is in the picture, once; what is farther than a hexagon away is not.
        const { xRange, yRange, unit } = all;
        of.forEach(([x, y], i) => {
          const [u, v] = [(x - xRange[0]) / unit[0], (y - yRange[0]) / unit[1]];
          const outside = Math.max(window.left - u, u - window.right, window.bottom - v, v - window.top) * 2 ** wanted;
          expect(seen[i]).toBeLessThanOrEqual(1);
          if (outside <= 0) expect(seen[i]).toBe(1);
          if (outside > 2.5) expect(seen[i]).toBe(0);
        });
      }),
    );
  });

  it('around the middle leaves out what lies far away, and counts it neither there nor twice', () => {
    const bulk = Array.from({ length: 1000 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)] as const);
    const rows = rowsAt([...bulk, [1e12, 0], [0, -1e9], [3e5, 3e5], [-7, 0.2]]);
    const all = hexagonPicture(rows, { x: 1, y: 2, level: 0, members: 0 });
    expect(all.hexagons.length).toBeLessThan(5);
    for (const fineness of [0, 3, 12]) {
      const side = 30 / 2 ** fineness;
      const window = { left: 15, right: 15 + side, bottom: 11, top: 11 + side };
      const request = { x: 1, y: 2, level: fineness, frame: 'middle', window, members: 0 } as const;
      const { hexagons, xRange, unit } = hexagonPicture(rows, request);
      expect(xRange[1]).toBeLessThanOrEqual(1);
      expect(xRange[0]).toBeGreaterThanOrEqual(-1);
      for (const { u, v, instances } of hexagons) {
        const cell = {
          level: fineness,
          column: Math.round(2 * u * 2 ** fineness),
          row: Math.round((2 * v * 2 ** fineness) / Math.sqrt(3)),
        };
        const marks = new Uint8Array(1004).fill(1);
        keepInArea(marks, rows, areaText({ x: 1, y: 2, frame: 'middle', kind: 'hexagon', ...cell }));
        expect(marks.reduce((sum, mark) => sum + mark, 0)).toBe(instances);
        expect([...marks.subarray(1000)]).toEqual([0, 0, 0, 0]);
        const inside = [...marks.keys()].filter((i) => marks[i] === 1);
        for (const i of inside) {
          expect(Math.abs((rows.coordinates[0][i] - xRange[0]) / unit[0] - u)).toBeLessThan(0.51 / 2 ** fineness);
        }
      }
    }
    const whole98 = hexagonPicture(rows, { x: 1, y: 2, level: 0, frame: 'middle', members: 0 });
    const seen = whole98.hexagons.reduce((sum, { instances }) => sum + instances, 0);
    expect(whole98.hexagons.length).toBeGreaterThan(100);
    expect(seen).toBeGreaterThan(900);
    expect(seen).toBeLessThanOrEqual(1000);
  });

  it('is refused where it would have too many hexagons', () => {
    const rows = rowsAt([[0, 0]]);
    expect(() => hexagonPicture(rows, { x: 1, y: 2, level: 4, window: whole, members: 0 })).toThrow(
      '300 hexagons wide',
    );
    const window = { ...whole, right: Number.POSITIVE_INFINITY };
    expect(() => hexagonPicture(rows, { x: 1, y: 2, level: 0, window, members: 0 })).toThrow('300 hexagons wide');
  });

  it('names the largest families of a hexagon', () => {
    const rows = rowsAt(Array.from({ length: 40 }, () => [3, 4] as const));
    const [hexagon, ...others] = hexagonPicture(rows, { x: 1, y: 2, level: 0, members: 3 }).hexagons;
    expect(others).toEqual([]);
    expect(hexagon).toMatchObject({ instances: 40, malicious: 10, benign: 20 });
    const counted = ['worm', 'mail', 'bot']
      .flatMap((family) =>
        [0, 1].map(
          (label) =>
            Array.from(rows.label.codes).filter(
              (code, i) => code === label && rows.family.names[rows.family.codes[i]] === family,
            ).length,
        ),
      )
      .sort((a, b) => b - a);
    expect(hexagon.families.map(({ instances }) => instances)).toEqual(counted.slice(0, 3));
    expect(hexagon.members.map(({ instanceId }) => instanceId)).toEqual(['i0', 'i13', 'i26']);
    expect(hexagon.members[0]).toEqual({ instanceId: 'i0', ident: 'ident 0', label: 'malicious', family: null });
  });

  it('draws one component as a line', () => {
    const rows = {
      ...rowsAt([
        [0, 0],
        [1, 0],
        [2, 0],
      ]),
      coordinates: [Float64Array.of(0, 1, 2)],
    };
    const { hexagons } = hexagonPicture(rows, { x: 1, y: 1, level: 0, members: 0 });
    expect(hexagons.map(({ instances }) => instances)).toEqual([1, 1, 1]);
    expect(new Set(hexagons.map(({ v }) => v)).size).toBe(1);
  });
});

describe('areas', () => {
  const square = [
    [1, 1],
    [1, 9],
    [9, 1],
    [9, 9],
    [5, 5],
  ] as const;
  const inside = (area: string): number[] => {
    // Two more make the frame 0 … 30 by 0 … 22.5.
    const rows = rowsAt([...square, [0, 0], [30, 22.5]]);
    const marks = new Uint8Array(7).fill(1);
    keepInArea(marks, rows, area);
    return [...marks.keys()].filter((i) => marks[i] === 1);
  };

  it('of lassos are what lies within, hollows not', () => {
    expect(inside('1-2:polygon:0.5,0.5,9.5,0.5,9.5,9.5,0.5,9.5')).toEqual([0, 1, 2, 3, 4]);
    expect(inside('1-2:polygon:0.5,0.5,9.5,0.5,9.5,9.5,6,9.5,6,4.5,4,4.5,4,9.5,0.5,9.5')).toEqual([0, 1, 2, 3]);
    expect(inside('1-2:polygon:8,0,30,0,30,5,8,5')).toEqual([2]);
  });

  it('are one text and back', () => {
    for (const text of ['1-2:hexagon:3,-4,17', '1-2:middle:hexagon:3,-4,17', '2-10:polygon:0.5,-1,3,4,5.25,6']) {
      const area = readArea(text);
      expect(area && areaText(area)).toBe(text);
    }
  });

  it('are refused where they are none', () => {
    for (const text of [
      '',
      '1-2',
      '2-1:hexagon:0,0,0',
      '0-1:hexagon:0,0,0',
      '1-2:hexagon:0,0',
      '1-2:hexagon:99,0,0',
      '1-2:hexagon:0,0.5,0',
      '1-2:hexagon:0,9999999,0',
      '1-2:polygon:1,2,3,4',
      '1-2:polygon:1,2,3,4,5',
      '1-2:polygon:1,2,3,4,5,1e9',
      `1-2:polygon:${Array(700).fill(1).join(',')}`,
    ]) {
      expect(() => inside(text), text).toThrow('is no area');
    }
    expect(() => inside('1-3:hexagon:0,0,0')).toThrow('no components 1 and 3');
    expect(() => keepInArea(new Uint8Array(1), {}, '1-2:hexagon:0,0,0')).toThrow('no components');
  });
});
