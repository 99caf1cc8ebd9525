import type { AnyPanel } from '../../../schema/result-document.js';
import type { Task } from '../task.js';
import type { ValidationPlan } from './validation-plan.js';

/** What each round trained and tested on, and what it left out; none where there is nothing more to tell than counts. */
export function roundsPanel(task: Task, { rounds, skipped }: ValidationPlan, isOrdered: boolean): AnyPanel[] {
  if (!isOrdered) return [];
  const data = {
    rounds: rounds.map(({ part, train, test, leftOut }) => ({
      part,
      train: sideOf(task, train),
      test: sideOf(task, test),
      leftOut: { ...leftOut },
    })),
    skipped: skipped.map(({ fold, why, tested: { from, until } }) => ({
      fold,
      why,
      from,
      until: until === Infinity ? null : until,
    })),
  };
  return [{ kind: 'validation-rounds', id: 'validation-rounds', title: 'What was trained and tested on', data }];
}

function sideOf({ dataset, truth }: Task, rows: Uint32Array) {
  let malicious = 0;
  let [from, until] = [Infinity, -Infinity];
  for (const row of rows) {
    malicious += Number(truth.label[row] === 1);
    const time = dataset.timestamps?.[row] ?? Number.NaN;
    if (time < from) from = time;
    if (time > until) until = time;
  }
  const times = until >= from ? { from, until } : { from: null, until: null };
  return { instances: rows.length, malicious, ...times };
}
