import type { PanelData } from '../../../src/schema/panels/registry.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { rowsAtHand } from '../components/row-pages.js';
import { VirtualTable } from '../components/virtual-table.js';
import { formatCount, formatShare } from '../text/numbers.js';

type Pair = PanelData<'feature-pairs'>['pairs'][number];

export interface PairsPanelProps {
  readonly data: PanelData<'feature-pairs'>;
  readonly features: readonly string[];
  readonly onOpen: (feature: number) => void;
}

/** Pairs of features that say nearly the same: a model needs one of them. */
export function PairsPanel({ data: { pairs, compared, least }, features, onOpen }: PairsPanelProps) {
  if (pairs.length === 0) return null;
  return (
    <Panel
      title="Features that say the same"
      flush
      note={`correlation of at least ${least}, of ${formatCount(compared)} features compared with each other`}
    >
      <VirtualTable<Pair>
        label="pairs"
        load={rowsAtHand(pairs)}
        question=""
        rowKey={({ a, b }) => `${a} ${b}`}
        onOpen={({ a }) => onOpen(features.indexOf(a))}
        maxRows={8}
        columns={[
          { key: 'a', title: 'Feature', width: 100, grow: 1, cell: ({ a }) => <DataText text={a} max={40} /> },
          { key: 'b', title: 'and', width: 100, grow: 1, cell: ({ b }) => <DataText text={b} max={40} /> },
          {
            key: 'r',
            title: 'Correlation',
            width: 86,
            align: 'end',
            cell: ({ r, identical }) => (identical ? 'identical' : formatShare(r)),
          },
        ]}
      />
    </Panel>
  );
}
