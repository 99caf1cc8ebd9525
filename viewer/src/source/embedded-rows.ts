import { predictionRow } from '../../../src/rows/prediction-row.js';
import { rowColumns } from '../../../src/rows/row-columns.js';
import { rowNeighbours } from '../../../src/rows/row-neighbours.js';
import { RowIndex } from '../../../src/rows/row-index.js';
import { textsOf } from '../../../src/rows/row-texts.js';
import { textRanks } from '../../../src/rows/text-ranks.js';
import { windowPicture } from '../../../src/rows/hexagons/window-picture.js';
import type { HexagonsPage, HexagonsQuery } from '../../../src/schema/api/hexagons.js';
import type {
  RowFilter,
  RowGroups,
  RowNeighbours,
  RowNeighboursQuery,
  RowQuery,
  RowsPage,
} from '../../../src/schema/api/rows.js';
import type { CodedColumn } from '../../../src/schema/prediction-table.js';
import type { PayloadCodedColumn, ReportPayload } from '../../../src/schema/report-payload.js';

/** The predictions that a report keeps, asked as the server's are. */
export interface EmbeddedRows {
  page(query: Partial<RowQuery>): RowsPage;
  count(filter: RowFilter): number;
  groups(filter: RowFilter): RowGroups;
  /** Null where the report keeps some rows only: they would be too few. */
  hexagons(query: HexagonsQuery): HexagonsPage | null;
  neighbours(query: Partial<RowNeighboursQuery> & { readonly instanceId: string }): RowNeighbours;
}

/** Null for a result without predictions. */
export function embeddedRows({ rows, rowsCap, page }: ReportPayload): EmbeddedRows | null {
  if (rows === null) return null;
  const instanceId = textsOf(rows.instanceId);
  const ident = textsOf(rows.ident);
  const confusion = page.document?.panels.find(({ kind }) => kind === 'confusion');
  const classes = confusion && 'data' in confusion ? (confusion.data as { classes: string[] }).classes : undefined;
  const whole = rowColumns(
    {
      rows: rows.instanceId.length,
      instanceId,
      ident,
      instanceIdOrder: textRanks(instanceId),
      identOrder: textRanks(ident),
      part: coded(rows.part),
      fold: Int32Array.from(rows.fold),
      label: coded(rows.label),
      family: coded(rows.family),
      probability: numbers(rows.probability),
      score: numbers(rows.score),
      predicted: coded(rows.predicted),
      rank: Uint32Array.from(rows.rank),
      ...(rows.credibility && { credibility: numbers(rows.credibility) }),
      ...(rows.rejected && { rejected: coded(rows.rejected) }),
      ...(rows.coordinates && { coordinates: rows.coordinates.map((values) => Float64Array.from(values)) }),
    },
    classes,
  );
  const columns = { ...whole, ...(rows.coordinateRanges && { coordinateRanges: rows.coordinateRanges }) };
  const index = new RowIndex(columns);
  const cap = rowsCap === null ? {} : { cap: rowsCap };
  return {
    page: (query) => {
      const found = index.page({ sort: 'rank', direction: 'ascending', offset: 0, limit: 100, ...query });
      return { ...cap, total: found.total, rows: Array.from(found.rows, (row) => predictionRow(columns, row)) };
    },
    count: (filter) => index.count(filter),
    groups: (filter) => ({ ...cap, ...index.groups(filter) }),
    hexagons: (query) => (rowsCap === null ? windowPicture(columns, query) : null),
    neighbours: (query) => rowNeighbours(index, { sort: 'rank', direction: 'ascending', ...query }),
  };
}

const coded = ({ names, codes }: PayloadCodedColumn): CodedColumn => ({ names, codes: Int32Array.from(codes) });

const numbers = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN);
