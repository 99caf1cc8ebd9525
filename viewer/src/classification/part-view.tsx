import { useEffect, useMemo } from 'preact/hooks';
import { Notice } from '../components/notice.js';
import { PanelGrid } from '../components/panel.js';
import { AlertsPanel } from './alerts-panel.js';
import { ClassConfusionPanel } from './class-confusion-panel.js';
import { ClassFiguresPanel } from './class-figures-panel.js';
import { ConfusionPanel } from './confusion-panel.js';
import { PrecisionRecallPanel, RocPanel } from './curve-panels.js';
import { DecayPanel } from './decay-panel.js';
import { FamiliesPanel } from './families-panel.js';
import { isLabelled } from './figures/threshold-table.js';
import { FoldsPanel } from './folds-panel.js';
import { HistogramPanel } from './histogram-panel.js';
import { IndicatorsPanel } from './indicators-panel.js';
import { InstancesPanel } from './instances-panel.js';
import type { PageStore } from './page-store.js';
import type { PartData } from './part-data.js';
import { instancesOf } from './parts.js';
import { RejectionPanel } from './rejection-panel.js';
import { ReliabilityPanel } from './reliability-panel.js';
import { createThreshold, type Threshold } from './threshold-store.js';
import { ThresholdBar } from './threshold-bar.js';

export interface PartViewProps {
  readonly store: PageStore;
  readonly data: PartData;
}

/** Everything of one part, under one threshold. */
export function PartView({ store, data }: PartViewProps) {
  const { table } = data;
  const threshold = useMemo(
    () => (table && table.thresholds.length > 0 ? createThreshold(store, table) : null),
    [store, table],
  );
  useEffect(() => () => threshold?.dispose(), [threshold]);
  const multiclass = store.document.settings.multiclass === true;
  const instances = instancesOf(data.part, store.document) ?? 0;
  return (
    <>
      {threshold ? (
        <ThresholdBar threshold={threshold} instances={instances} />
      ) : (
        <Notice kind="information">This part has no table of thresholds: nothing to move here.</Notice>
      )}
      <PanelGrid>
        {threshold && isLabelled(threshold.table) ? (
          <Judged store={store} data={data} threshold={threshold} />
        ) : (
          <HistogramPanel store={store} data={data} threshold={threshold} span={12} />
        )}
        {multiclass && data.confusion && <Classes store={store} data={data} />}
        {data.rejection && <RejectionPanel store={store} rejection={data.rejection} />}
        {data.alerts && <AlertsPanel store={store} part={data.part} alerts={data.alerts} />}
        <InstancesPanel store={store} data={data} threshold={threshold} multiclass={multiclass} />
      </PanelGrid>
    </>
  );
}

/** A part whose rows have labels to be judged by. */
function Judged({ store, data, threshold }: PartViewProps & { readonly threshold: Threshold }) {
  return (
    <>
      <IndicatorsPanel data={data} threshold={threshold} />
      <ConfusionPanel store={store} part={data.part} threshold={threshold} />
      <HistogramPanel store={store} data={data} threshold={threshold} span={7} />
      <RocPanel store={store} data={data} threshold={threshold} />
      <PrecisionRecallPanel store={store} data={data} threshold={threshold} />
      {data.folds.length > 0 && <FoldsPanel store={store} data={data} threshold={threshold} />}
      {data.decay && <DecayPanel store={store} decay={data.decay} />}
      <FamiliesPanel store={store} data={data} threshold={threshold} span={data.reliability ? 7 : 12} />
      {data.reliability && <ReliabilityPanel reliability={data.reliability} />}
    </>
  );
}

function Classes({ store, data }: PartViewProps) {
  if (!data.confusion) return null;
  const accuracy = data.indicators?.figures.find(({ name }) => name === 'accuracy')?.value ?? null;
  return (
    <>
      <ClassFiguresPanel store={store} confusion={data.confusion} accuracy={accuracy} />
      <ClassConfusionPanel store={store} confusion={data.confusion} />
    </>
  );
}
