import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexagonPicture } from '../../../src/rows/hexagons/hexagon-picture.js';
import { hexagonsQuerySchema } from '../../../src/schema/api/hexagons.js';
import { ticksBetween } from '../../../viewer/src/projection/axis-ticks.js';
import { nextHexagon } from '../../../viewer/src/projection/hexagon-keys.js';
import {
  areaIn,
  areaText,
  cornersOf,
  flatness,
  hexagonAt,
  lassoOf,
  levelOf,
  moved,
  readView,
  rectangleOf,
  showing,
  type View,
  viewOf,
  viewText,
  wholeView,
  windowOf,
  zoomed,
} from '../../../viewer/src/projection/picture-view.js';

const plane = { x: 1, y: 3, frame: 'all' } as const;
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** Any view that zooming and moving lead to. */
const views = fc.tuple(fc.double({ min: -13, max: 0, noNaN: true }), share, share).map(([power, right, up]): View => {
  const closer = zoomed(wholeView, 2 ** power, { u: 15, v: 11 });
  return moved(closer, (right - 0.5) * 40, (up - 0.5) * 40);
});

describe('views of a picture', () => {
  it('never leave it, and are the same again out of an address', () => {
    fc.assert(
      fc.property(views, (view) => {
        const { u, v, width } = view;
        expect(u).toBeGreaterThanOrEqual(wholeView.u - 1e-9);
        expect(u + width).toBeLessThanOrEqual(wholeView.u + wholeView.width + 1e-9);
        expect(v).toBeGreaterThanOrEqual(wholeView.v - 1e-9);
        expect(v + width * flatness).toBeLessThanOrEqual(wholeView.v + wholeView.width * flatness + 1e-9);
        const again = readView(viewText(view));
        for (const key of ['u', 'v', 'width'] as const) expect(again?.[key]).toBeCloseTo(view[key], 4);
        expect(readView(viewText(again ?? view))).toEqual(again);
      }),
    );
    for (const text of [null, '', '1,2', '1,2,3,4', 'a,b,c', '1,2,0', '1,2,-3', ',,', '1,2,Infinity']) {
      expect(readView(text)).toBeNull();
    }
    expect(readView('-500,900,1e6')).toEqual(wholeView);
  });

  it('keep the place that they are zoomed at where it is, as long as nothing is in the way', () => {
    const closer = zoomed(wholeView, 0.5, { u: 7, v: 5 });
    expect((7 - closer.u) / closer.width).toBeCloseTo((7 - wholeView.u) / wholeView.width, 12);
    expect((5 - closer.v) / closer.width).toBeCloseTo((5 - wholeView.v) / wholeView.width, 12);
    const back = zoomed(closer, 2, { u: 7, v: 5 });
    for (const key of ['u', 'v', 'width'] as const) expect(back[key]).toBeCloseTo(wholeView[key], 12);
    expect(zoomed(closer, 100)).toEqual(wholeView);
  });

  it('ask for a window that holds them, that the server takes, and that is the same for views near by', () => {
    fc.assert(
      fc.property(views, fc.boolean(), (view, small) => {
        const window = windowOf(view, small);
        expect(window.level).toBe(levelOf(view, small));
        expect(window.left).toBeLessThan(view.u);
        expect(window.right).toBeGreaterThan(view.u + view.width);
        expect(window.bottom).toBeLessThan(view.v);
        expect(window.top).toBeGreaterThan(view.v + view.width * flatness);
        const query = hexagonsQuerySchema.parse({ x: 1, y: 2, ...window });
        const rows = {
          label: { names: [], codes: Int32Array.of(-1) },
          family: { names: [], codes: Int32Array.of(-1) },
        };
        const coordinates = [Float64Array.of(1), Float64Array.of(2)];
        expect(() =>
          hexagonPicture({ instanceId: ['a'], ident: ['a'], ...rows, coordinates }, { ...query, window, members: 0 }),
        ).not.toThrow();
      }),
    );
    const view = zoomed(wholeView, 0.1);
    expect(windowOf(moved(view, 0.01, 0.01), false)).toEqual(windowOf(view, false));
  });

  it('show what they are to show', () => {
    const view = zoomed(wholeView, 0.1, { u: 3, v: 3 });
    expect(showing(view, { u: 3, v: 3 })).toBe(view);
    const { u, width } = showing(view, { u: 20, v: 3 });
    expect(u).toBeLessThan(20);
    expect(u + width).toBeGreaterThan(20);
    const area = rectangleOf({ u: 4, v: 5 }, { u: 6, v: 5.5 }, plane);
    const closer = viewOf(area);
    for (const corner of cornersOf(area)) expect(showing(closer, corner).width).toBe(closer.width);
    expect(closer.width).toBeCloseTo(2.4, 12);
  });
});

describe('areas drawn by hand', () => {
  it('are the same again out of an address, if they are of the components', () => {
    const hexagon = hexagonAt({ u: 3.3, v: 4.4 }, 2, plane);
    expect(areaIn(areaText(hexagon), plane)).toEqual(hexagon);
    expect(areaIn(areaText(hexagon), { ...plane, y: 2 })).toBeNull();
    expect(areaIn(areaText(hexagon), { ...plane, frame: 'middle' })).toBeNull();
    expect(areaIn('nonsense', plane)).toBeNull();
    const [middle] = [cornersOf(hexagon)].map((corners) => ({
      u: corners.reduce((sum, { u }) => sum + u / 6, 0),
      v: corners.reduce((sum, { v }) => sum + v / 6, 0),
    }));
    expect(hexagonAt(middle, 2, plane)).toEqual(hexagon);
  });

  it('have few enough corners for an address, however long the line', () => {
    const places = Array.from({ length: 5000 }, (_, k) => ({ u: Math.cos(k / 800), v: Math.sin(k / 800) }));
    const lasso = lassoOf(places, plane);
    expect(lasso && cornersOf(lasso).length).toBeLessThanOrEqual(101);
    expect(lasso && areaIn(areaText(lasso), plane)).not.toBeNull();
    expect(lassoOf(places.slice(0, 2), plane)).toBeNull();
  });
});

describe('arrows', () => {
  const at = (u: number, v: number, instances = 1) => {
    return { u, v, instances, malicious: 0, benign: 0, families: [], members: [] };
  };

  it('begin at the fullest hexagon and lead to the nearest one that way', () => {
    const hexagons = [at(0, 0), at(5, 0, 9), at(6, 0.2), at(9, 0), at(5, 4)];
    expect(nextHexagon(hexagons, null, [1, 0])).toMatchObject({ u: 5, v: 0 });
    expect(nextHexagon(hexagons, { u: 5, v: 0 }, [1, 0])).toMatchObject({ u: 6 });
    expect(nextHexagon(hexagons, { u: 5, v: 0 }, [-1, 0])).toMatchObject({ u: 0 });
    expect(nextHexagon(hexagons, { u: 5, v: 0 }, [0, 1])).toMatchObject({ v: 4 });
    expect(nextHexagon(hexagons, { u: 5, v: 0 }, [0, -1])).toBeNull();
    expect(nextHexagon([], null, [1, 0])).toBeNull();
  });
});

it('ticks are round values within the range, some of them and not many', () => {
  expect(ticksBetween(-5.4, 5.3, 5)).toEqual([-4, -2, 0, 2, 4]);
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (low, extent, count) => {
        const ticks = ticksBetween(low, low + extent, count);
        expect(ticks.length).toBeLessThanOrEqual(1.5 * count + 1);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThan(low);
          expect(tick).toBeLessThan(low + extent);
        }
      },
    ),
  );
});
