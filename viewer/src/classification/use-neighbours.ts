import { useEffect, useRef, useState } from 'preact/hooks';
import type { PredictionRow, RowNeighbours } from '../../../src/schema/api/rows.js';
import type { InstanceCache } from '../instance/instance-cache.js';
import { featureQuery, type InstancePanelState } from '../instance/panel-state.js';
import type { PageStore } from './page-store.js';

/** As many features as the list asks for at first. */
const firstFeatures = 100;

/**
 * What stands beside an instance in the list of the page; null while that is on its way. The next one, and where the
 * list ends the previous one, is fetched before it is asked for.
 */
export function useNeighbours(
  store: PageStore,
  cache: InstanceCache,
  instanceId: string,
  part: string | undefined,
): RowNeighbours | null {
  const listed = store.listed.value;
  const question = JSON.stringify([listed, instanceId, part]);
  const [answer, setAnswer] = useState<{ readonly question: string; readonly found: RowNeighbours } | null>(null);
  useEffect(() => {
    if (listed === null) return;
    let overtaken = false;
    store.source.neighbours(store.id, { ...listed, instanceId, instancePart: part }).then(
      (found) => {
        if (overtaken) return;
        setAnswer({ question, found });
        fetchAhead(cache, found.next ?? found.previous, store.state.peek().instancePanel);
      },
      // The list itself says what is wrong.
      () => setAnswer(null),
    );
    return () => {
      overtaken = true;
    };
  }, [question]);
  return answer?.question === question ? answer.found : null;
}

/**
 * Leads to the next (1) or the previous row (-1). A step asked for while it is not yet known what stands beside is made
 * as soon as it is: a key pressed quickly counts as often as it was pressed.
 */
export function useSteps(neighbours: RowNeighbours | null, show: (row: PredictionRow) => void): (step: 1 | -1) => void {
  const owed = useRef(0);
  useEffect(() => {
    if (neighbours === null || owed.current === 0) return;
    const row = owed.current > 0 ? neighbours.next : neighbours.previous;
    owed.current = row === null ? 0 : owed.current - Math.sign(owed.current);
    if (row !== null) show(row);
  }, [neighbours]);
  return (step) => {
    const row = step > 0 ? neighbours?.next : neighbours?.previous;
    if (neighbours === null) owed.current += step;
    else if (row) show(row);
  };
}

function fetchAhead(cache: InstanceCache, row: PredictionRow | null, panel: InstancePanelState): void {
  if (row === null) return;
  cache
    .instance(row.instanceId, row.part)
    .then((instance) => cache.features(row.instanceId, featureQuery(panel, instance, 0, firstFeatures), row.part))
    // Told when somebody looks at it.
    .catch(() => undefined);
}
