import { Notice } from '../components/notice.js';
import { useLoaded } from '../components/use-loaded.js';
import { messageOf } from '../components/notice.js';
import { DependencePanel } from './dependence-panel.js';
import { GridSearchPanel } from './grid-search-panel.js';
import { ImportancePanel } from './importance-panel.js';
import { LeftOutPanel } from './left-out-panel.js';
import type { PageStore } from './page-store.js';
import type { panelLoader } from './part-data.js';
import { RacePanel } from './race-panel.js';
import { RoundsPanel } from './rounds-panel.js';

export interface ModelPanelsProps {
  readonly store: PageStore;
  readonly load: ReturnType<typeof panelLoader>;
}

/** What the model looks at, and how it was tuned: the same whatever the part. */
export function ModelPanels({ store, load }: ModelPanelsProps) {
  const loaded = useLoaded(async () => {
    const [importance, dependence, gridSearch, race, rounds, leftOut] = await Promise.all([
      load('importance'),
      load('partial-dependence'),
      load('grid-search'),
      load('race'),
      load('validation-rounds'),
      load('left-out-families'),
    ]);
    return { importance, dependence, gridSearch, race, rounds, leftOut };
  }, [load]);
  if (loaded.state === 'loading') return null;
  if (loaded.state === 'failed') {
    return (
      <Notice kind="error" title="Cannot show the model">
        {messageOf(loaded.error)}
      </Notice>
    );
  }
  const { importance, dependence, gridSearch, race, rounds, leftOut } = loaded.value;
  return (
    <>
      {race && <RacePanel store={store} panel={race} />}
      {leftOut && <LeftOutPanel panel={leftOut} />}
      {importance && (
        <ImportancePanel store={store} panel={importance} dependence={dependence} span={gridSearch ? 7 : 12} />
      )}
      {gridSearch && <GridSearchPanel panel={gridSearch} />}
      {dependence && <DependencePanel store={store} dependence={dependence} />}
      {rounds && <RoundsPanel store={store} rounds={rounds} />}
    </>
  );
}
