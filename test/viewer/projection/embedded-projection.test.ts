import { describe, expect, it } from 'vitest';
import { pickRows } from '../../../src/report/pick-rows.js';
import { areaText, keepInArea } from '../../../src/rows/hexagons/area.js';
import { hexagonPicture } from '../../../src/rows/hexagons/hexagon-picture.js';
import { rowColumns } from '../../../src/rows/row-columns.js';
import { textsOf } from '../../../src/rows/row-texts.js';
import type { ReportPayload } from '../../../src/schema/report-payload.js';
import { hexagonAt } from '../../../viewer/src/projection/picture-view.js';
import { embeddedRows } from '../../../viewer/src/source/embedded-rows.js';
import { exampleCoordinates } from '../../workspace/example-result.js';

const n = 3000;
const table = exampleCoordinates(n, 3);
const columns = rowColumns({
  ...table,
  instanceId: textsOf(table.instanceId),
  ident: textsOf(table.ident),
  instanceIdOrder: table.rank,
  identOrder: table.rank,
});

/** The rows of a report that keeps at most `limit`, as the page has them. */
function kept(limit: number) {
  const { rows, cap } = pickRows(columns, limit, 0.5);
  const payload = { rows, rowsCap: cap, page: { document: null } } as unknown as ReportPayload;
  const rebuilt = embeddedRows(JSON.parse(JSON.stringify(payload)) as ReportPayload);
  if (rebuilt === null) throw new Error('no rows');
  return rebuilt;
}

/** The rows of each hexagon of the document. */
const hexagons = hexagonPicture(table, { x: 1, y: 3, level: 0, members: 0 }).hexagons.map((hexagon) => {
  const area = areaText(hexagonAt(hexagon, 0, { x: 1, y: 3, frame: 'all' }));
  const marks = new Uint8Array(n).fill(1);
  keepInArea(marks, table, area);
  return { hexagon, area, rows: [...marks.keys()].filter((row) => marks[row] === 1) };
});

describe('a projection in a single file', () => {
  it('lists of each hexagon those that it keeps, and says of how many', () => {
    const rows = kept(200);
    for (const { area, rows: inside } of hexagons) {
      const wanted = inside.filter((row) => row % 15 === 0).map((row) => `id-${row}`);
      const page = rows.page({ area, limit: 1000 });
      expect(page.rows.map(({ instanceId }) => instanceId)).toEqual(wanted);
      expect(rows.groups({ area })).toMatchObject({ instances: wanted.length, cap: { kept: 200, of: n } });
    }
    // Finer hexagons of some rows would tell a wrong story.
    expect(rows.hexagons({ x: 1, y: 3, frame: 'all', level: 1, left: 0, right: 30, bottom: 0, top: 22.5 })).toBeNull();
  });

  it('has finer hexagons where it keeps all', () => {
    const rows = kept(n);
    const whole = rows.hexagons({ x: 1, y: 3, frame: 'all', level: 0, left: 0, right: 30, bottom: 0, top: 22.5 });
    expect(whole?.hexagons).toEqual(hexagons.map(({ hexagon }) => hexagon));
    const finer = rows.hexagons({ x: 1, y: 3, frame: 'all', level: 2, left: 0, right: 30, bottom: 0, top: 22.5 });
    expect(finer?.hexagons.length).toBeGreaterThan(hexagons.length);
    expect(rows.groups({}).cap).toBeUndefined();
  });
});
