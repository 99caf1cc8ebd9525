import { rowFilterSchema, rowQuerySchema } from '../../schema/api/rows.js';
import type { Backend } from '../backend.js';
import { RequestError } from '../http/failure.js';
import type { RowList, RowPiece } from '../threads/row-service.js';
import { defineRoute, type Route } from './route.js';

/** The filter of a page, and its order where one is asked for. */
const downloadQuerySchema = rowFilterSchema.extend({
  sort: rowQuerySchema.shape.sort.unwrap().optional(),
  direction: rowQuerySchema.shape.direction,
});

/** A whole result, or the predictions that a filter leaves, as a file. */
export const downloadRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/download/:format',
    query: downloadQuerySchema,
    handle: async ({ params: { id, format }, query: { sort, direction, ...filter } }, backend) => {
      const list: RowList = { id, filter, sort, direction };
      const { project, dataset, hasRows, hasTable } = await backend.archive.call('downloadable', id);
      const name = `${project}-${dataset}-${id}`;
      switch (format) {
        case 'csv':
          if (!hasRows && !hasTable) throw new RequestError(404, 'this experiment has no rows');
          return {
            download: {
              name: `${name}.csv`,
              type: 'text/csv; charset=utf-8',
              pieces: hasRows ? csvPieces(list, backend) : tablePiece(id, backend),
            },
          };
        case 'json':
          return {
            download: { name: `${name}.json`, type: 'application/json', pieces: jsonPieces(list, hasRows, backend) },
          };
        case 'html':
          return {
            download: { name: `${name}.html`, type: 'text/html; charset=utf-8', pieces: reportPiece(id, backend) },
          };
        default:
          throw new RequestError(404, 'there is no such format', { hint: 'html, json, csv' });
      }
    },
  }),
];

async function* reportPiece(id: string, { reports }: Backend): AsyncGenerator<Uint8Array> {
  yield await reports.call('html', id);
}

async function* tablePiece(id: string, { reports }: Backend): AsyncGenerator<Uint8Array> {
  yield await reports.call('tableCsv', id);
}

async function* csvPieces(list: RowList, { rows }: Backend): AsyncGenerator<Uint8Array> {
  for (let from: number | null = 0; from !== null; ) {
    const piece: RowPiece = await rows.call('csvPiece', { list, from });
    yield piece.bytes;
    from = piece.next;
  }
}

/** The document, all its panels with their data, and its predictions under `rows`. */
async function* jsonPieces(list: RowList, hasRows: boolean, { reports, rows }: Backend): AsyncGenerator<Uint8Array> {
  const document = await reports.callJson('wholeDocument', list.id);
  if (!hasRows) {
    yield document;
    yield Buffer.from('\n');
    return;
  }
  yield document.subarray(0, -1);
  yield Buffer.from(',"rows":[\n');
  for (let from: number | null = 0; from !== null; ) {
    const piece: RowPiece = await rows.call('jsonPiece', { list, from });
    yield piece.bytes;
    from = piece.next;
  }
  yield Buffer.from('\n]}\n');
}
