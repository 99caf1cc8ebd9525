import { printable } from '../../errors.js';
import type { ExperimentRecord } from '../../workspace/experiment/experiment-record.js';
import type { Workspace } from '../../workspace/workspace.js';
import { RequestError } from '../http/failure.js';

/** The experiment of an id; throws RequestError 404 for none. */
export async function findExperiment(workspace: Workspace, id: string): Promise<ExperimentRecord> {
  const record = await workspace.experiment(id);
  if (record) return record;
  throw new RequestError(404, `there is no experiment "${printable(id, 60)}"`, {
    hint: 'it was removed, or the database does not know it: secuml list, secuml reindex',
  });
}

/** The same for one that has a result; throws RequestError 404 for any other. */
export async function findFinished(workspace: Workspace, id: string): Promise<ExperimentRecord> {
  const record = await findExperiment(workspace, id);
  if (record.status === 'done') return record;
  throw new RequestError(404, `experiment ${record.id} has no result: it is ${record.status}`);
}
