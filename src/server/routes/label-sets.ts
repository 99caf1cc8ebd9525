import {
  labelQuerySchema,
  labelSetFilterSchema,
  operationRequestSchema,
  type SetChange,
  setOperationSchema,
} from '../../schema/api/labels.js';
import type { Backend } from '../backend.js';
import type { GroupMembers } from '../threads/set-operation.js';
import { defineRoute, type Route } from './route.js';

/** Label sets as a whole: their instances and families, and operations on them. */
export const labelSetRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/label-sets',
    query: labelSetFilterSchema,
    handle: async ({ query }, { labelSets }) => ({ json: await labelSets.call('list', query) }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/label-sets/:project/:dataset/:set',
    handle: async ({ params }, { labelSets }) => ({ json: await labelSets.call('page', params) }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/label-sets/:project/:dataset/:set/instances',
    query: labelQuerySchema,
    handle: async ({ params, query }, { labelSets }) => ({
      json: await labelSets.call('instances', { set: params, query }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/label-sets/:project/:dataset/:set/labels.csv',
    handle: async ({ params }, { labelSets }) => {
      const text = await labelSets.call('csv', params);
      const name = `${params.project}-${params.dataset}-${params.set}.csv`;
      return { download: { name, type: 'text/csv; charset=utf-8', pieces: pieceOf(text) } };
    },
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/label-sets/:project/:dataset/:set/preview',
    body: setOperationSchema,
    handle: async ({ params, body }, { labelSets, rows }) => ({
      json: await labelSets.call('preview', {
        set: params,
        change: body,
        members: await membersOf(body, params, rows),
      }),
    }),
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/label-sets/:project/:dataset/:set/operations',
    body: operationRequestSchema,
    handle: async ({ params, body }, { labels, rows }) => ({
      json: await labels.call('operate', {
        set: params,
        request: body,
        members: await membersOf(body.change, params, rows),
      }),
    }),
  }),
];

/** Members of the group that a change is about: the result knows them. */
async function membersOf(
  change: SetChange,
  { project, dataset }: { readonly project: string; readonly dataset: string },
  rows: Backend['rows'],
): Promise<GroupMembers> {
  switch (change.operation) {
    case 'label-cluster':
      return rows.call('members', { id: change.experiment, filter: { predicted: change.cluster }, project, dataset });
    case 'label-area':
      return rows.call('members', { id: change.experiment, filter: { area: change.area }, project, dataset });
    default:
      return [];
  }
}

async function* pieceOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
