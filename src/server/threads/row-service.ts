import { windowPicture } from '../../rows/hexagons/window-picture.js';
import { rowNeighbours } from '../../rows/row-neighbours.js';
import type {
  RowFilter,
  RowGroups,
  RowNeighboursQuery,
  RowQuery,
  RowSortColumn,
  RowsPage,
} from '../../schema/api/rows.js';
import type { HexagonsPage, HexagonsQuery } from '../../schema/api/hexagons.js';
import type { Configuration } from '../../workspace/configuration.js';
import { type PredictionIndex, PredictionIndexes } from '../../workspace/experiment/prediction-index.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { RequestError } from '../http/failure.js';
import { findFinished } from './find-experiment.js';
import type { GroupMembers } from './set-operation.js';

/** A list of predictions to be written out piece by piece. */
export interface RowList {
  readonly id: string;
  readonly filter: RowFilter;
  /** Absent: in the order of rows.bin. */
  readonly sort?: RowSortColumn;
  readonly direction: 'ascending' | 'descending';
}

/** Part of a list as it is written out, and the place in the list where the next part begins: null at the end. */
export interface RowPiece {
  readonly bytes: Uint8Array;
  readonly next: number | null;
}

/** A piece ends with the rows that make it this large: texts may be of any length. */
const bytesOfPiece = 2 ** 20;
const rowsAtOnce = 256;
const largestMemory = 2 ** 30;
/** Families that are told of a group of rows. */
const mostFamilies = 100;

/** A cluster or an area of an experiment, and the dataset that its members are to be labelled in. */
interface GroupRequest {
  readonly id: string;
  readonly filter: Pick<RowFilter, 'predicted' | 'area'>;
  readonly project: string;
  readonly dataset: string;
}

/** Answers questions about predictions from columns in memory; sorting a million of them takes a moment. */
export async function rowService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);
  const { maxMemory } = configuration;
  const indexes = new PredictionIndexes(workspace, Math.min(largestMemory, maxMemory / 8), maxMemory / 4);
  const open = async (id: string): Promise<PredictionIndex> => {
    const predictions = await indexes.open(await findFinished(workspace, id));
    sortAhead(predictions);
    return predictions;
  };

  /** The piece of a list from place `from` on; `text` makes the text of the rows from a place on. */
  const piece = async (
    list: RowList,
    from: number,
    text: (predictions: PredictionIndex, rows: Uint32Array, place: number) => string,
  ): Promise<RowPiece> => {
    const predictions = await open(list.id);
    const rows = rowsOf(predictions, list);
    const parts: Buffer[] = [];
    let to = from;
    for (let bytes = 0; bytes < bytesOfPiece && (to < rows.length || to === 0); to += rowsAtOnce) {
      const part = Buffer.from(text(predictions, rows.subarray(to, to + rowsAtOnce), to));
      parts.push(part);
      bytes += part.length;
    }
    return { bytes: joined(parts), next: to < rows.length ? to : null };
  };

  return {
    page: async ({ id, query }: { readonly id: string; readonly query: RowQuery }): Promise<RowsPage> => {
      const predictions = await open(id);
      const { total, rows } = predictions.index.page(query);
      return { total, rows: predictions.rows(rows) };
    },

    /** Who is in a group of an experiment on the dataset; throws RequestError 400 for one on another dataset. */
    members: async ({ id, filter, project, dataset }: GroupRequest): Promise<GroupMembers> => {
      const record = await findFinished(workspace, id);
      const kind = filter.area === undefined ? 'cluster' : 'projection';
      if (record.kind !== kind || record.project !== project || record.dataset !== dataset) {
        throw new RequestError(400, `experiment ${record.id} is no ${kind} of this dataset`);
      }
      const { index } = await open(id);
      const { instanceId, ident } = index.columns;
      const rows = index.select(filter, 'rank', 'ascending');
      return Array.from(rows, (row) => ({ instanceId: instanceId.at(row), ident: ident.at(row) }));
    },

    /** The rows of a projection in two components, as hexagons. */
    hexagons: async ({ id, query }: { readonly id: string; readonly query: HexagonsQuery }): Promise<HexagonsPage> =>
      windowPicture((await open(id)).index.columns, query),

    count: async ({ id, filter }: { readonly id: string; readonly filter: RowFilter }): Promise<number> =>
      (await open(id)).index.count(filter),

    groups: async ({ id, filter }: { readonly id: string; readonly filter: RowFilter }): Promise<RowGroups> => {
      const { families, ...counts } = (await open(id)).index.groups(filter);
      return { ...counts, families: families.slice(0, mostFamilies) };
    },

    neighbours: async ({ id, query }: { readonly id: string; readonly query: RowNeighboursQuery }) =>
      rowNeighbours((await open(id)).index, query),

    /** What the experiment said of an instance, part by part; none where it keeps no predictions. */
    ofInstance: async ({ id, instanceId }: { readonly id: string; readonly instanceId: string }) => {
      if (!(await indexes.has(await findFinished(workspace, id)))) return [];
      const predictions = await open(id);
      return predictions.rows(predictions.rowsOfInstance(instanceId));
    },

    csvPiece: async ({ list, from }: { readonly list: RowList; readonly from: number }) =>
      piece(list, from, ({ csv, csvHead }, rows, place) => (place === 0 ? csvHead : '') + csv(rows)),

    /** Items of a JSON array, with commas between them. */
    jsonPiece: async ({ list, from }: { readonly list: RowList; readonly from: number }) =>
      piece(list, from, (predictions, rows, place) => {
        const items = predictions.rows(rows).map((row) => JSON.stringify(row));
        return `${place === 0 || items.length === 0 ? '' : ',\n'}${items.join(',\n')}`;
      }),
  };
}

export type RowService = Awaited<ReturnType<typeof rowService>>;

/** In a buffer of their own, which can be handed to another thread. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Sorts that a table of many rows is asked for before long. */
const usualSorts = (['probability', 'score', 'rank'] as const).flatMap((sort) =>
  (['descending', 'ascending'] as const).map((direction) => ({ sort, direction })),
);
const worthSortingAhead = 100_000;
const pauseMilliseconds = 50;
const sortedAhead = new WeakSet<PredictionIndex>();

/** Sorts by numbers between requests, so that the first one for each needs not wait: about 0.1 s for a million rows. */
function sortAhead(predictions: PredictionIndex): void {
  const { index } = predictions;
  if (sortedAhead.has(predictions) || index.columns.rows < worthSortingAhead) return;
  sortedAhead.add(predictions);
  const left = [...usualSorts];
  const step = (): void => {
    const next = left.shift();
    if (!next) return;
    index.select({}, next.sort, next.direction);
    setTimeout(step, pauseMilliseconds).unref();
  };
  setTimeout(step, pauseMilliseconds).unref();
}

/** The last list of each in the order of rows.bin; sorted ones are kept by the index. */
const lastLists = new WeakMap<PredictionIndex, { readonly key: string; readonly rows: Uint32Array }>();

/** The rows of a list, found once for all its pieces. */
function rowsOf(predictions: PredictionIndex, { filter, sort, direction }: RowList): Uint32Array {
  const { index } = predictions;
  if (sort !== undefined) return index.select(filter, sort, direction);
  const key = JSON.stringify(filter);
  const last = lastLists.get(predictions);
  if (last?.key === key) return last.rows;
  const marks = index.marks(filter);
  let count = 0;
  for (const mark of marks) count += mark;
  const rows = new Uint32Array(count);
  for (let row = 0, k = 0; row < marks.length; row++) if (marks[row] === 1) rows[k++] = row;
  lastLists.set(predictions, { key, rows });
  return rows;
}
