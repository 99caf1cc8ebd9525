import type { KeptAnswerResponse, LabelAnswerRequest } from '../../schema/api/instance.js';
import type { OperationDone, OperationRequest } from '../../schema/api/labels.js';
import type { Configuration } from '../../workspace/configuration.js';
import { applyOperation, ChangedMeanwhile } from '../../workspace/labels/editing/apply-operation.js';
import type { LabelSetName } from '../../workspace/labels/label-store.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { RequestError } from '../http/failure.js';
import { type GroupMembers, setOperation } from './set-operation.js';

/** Where an answer given on a page says that it comes from. */
const source = 'page';

/**
 * Writes answers down. A thread of its own: what it puts into the database waits while another process writes there, and
 * no page must wait with it.
 */
export async function labelService(configuration: Configuration) {
  const workspace = await openWorkspace(configuration);
  return {
    answer: async ({
      set,
      answer,
    }: {
      readonly set: LabelSetName;
      readonly answer: LabelAnswerRequest;
    }): Promise<KeptAnswerResponse> => {
      const { kept, warning } = await workspace.labels.append(set, [{ ...answer, source, iteration: null }]);
      const [{ event, overtook }] = kept;
      return { event, overtook: overtook ?? null, warning: warning ?? null };
    },

    operate: async ({
      set,
      request: { change, author, expected },
      members,
    }: {
      readonly set: LabelSetName;
      readonly request: OperationRequest;
      readonly members: GroupMembers;
    }): Promise<OperationDone> => {
      try {
        const done = await applyOperation(workspace.labels, set, setOperation(change, members), { author, expected });
        return { ...done, notes: [...done.notes], warning: done.warning ?? null };
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
        throw new RequestError(409, error.message, { hint: error.hint });
      }
    },
  };
}

export type LabelService = Awaited<ReturnType<typeof labelService>>;
