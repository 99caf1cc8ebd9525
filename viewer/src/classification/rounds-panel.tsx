import type { PanelData } from '../../../src/schema/panels/registry.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { formatSpan } from '../text/times.js';
import type { PageStore } from './page-store.js';
import { PartButton } from './part-button.js';

type Rounds = PanelData<'validation-rounds'>;

type Round = Rounds['rounds'][number];

export interface RoundsPanelProps {
  readonly store: PageStore;
  readonly rounds: Rounds;
}

const reasons: readonly (readonly [name: keyof Round['leftOut'], words: string])[] = [
  ['gap', 'in the gap'],
  ['labelDelay', 'label not known yet'],
  ['group', 'of a group trained on'],
  ['outside', 'before or after'],
  ['timeless', 'without a time'],
];

/** Skipped folds that are told one by one. */
const mostSkipped = 10;

/** What each round of the validation trained and tested on, and what it left out. */
export function RoundsPanel({ store, rounds: { rounds, skipped } }: RoundsPanelProps) {
  return (
    <Panel title="Trained and tested on" note="labelled instances; times in UTC">
      <SimpleTable<Round>
        caption="What each round trained and tested on"
        rows={rounds}
        rowKey={({ part }) => part}
        columns={[
          {
            key: 'part',
            title: 'part',
            heads: true,
            cell: ({ part }) => <PartButton part={part} store={store} />,
          },
          { key: 'train', title: 'trained on', align: 'end', cell: ({ train }) => formatCount(train.instances) },
          { key: 'trainShare', title: 'malicious', align: 'end', cell: ({ train }) => shareOf(train) },
          { key: 'trainSpan', title: 'from, to', cell: ({ train }) => <Span of={train} /> },
          { key: 'test', title: 'tested on', align: 'end', cell: ({ test }) => formatCount(test.instances) },
          { key: 'testShare', title: 'malicious', align: 'end', cell: ({ test }) => shareOf(test) },
          { key: 'testSpan', title: 'from, to', cell: ({ test }) => <Span of={test} /> },
          { key: 'out', title: 'left out', cell: leftOutText },
        ]}
      />
      {skipped.slice(0, mostSkipped).map(({ fold, why, from, until }) => (
        <p key={fold} class="muted">
          Fold {fold} ({formatSpan(from, until)}) is skipped: {why}
        </p>
      ))}
      {skipped.length > mostSkipped && (
        <p class="muted">and {formatCount(skipped.length - mostSkipped)} more folds are skipped</p>
      )}
    </Panel>
  );
}

function Span({ of }: { readonly of: Round['train'] }) {
  return <span class="one-line">{formatSpan(of.from, of.until)}</span>;
}

function shareOf({ instances, malicious }: Round['train']): string {
  return instances === 0 ? '' : formatPercent(malicious / instances);
}

function leftOutText({ leftOut }: Round): string {
  return reasons
    .filter(([name]) => leftOut[name] > 0)
    .map(([name, words]) => `${formatCount(leftOut[name])} ${words}`)
    .join(', ');
}
