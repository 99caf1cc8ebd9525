import type { PanelData } from '../../../src/schema/panels/registry.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { formatSpan } from '../text/times.js';
import type { PageStore } from './page-store.js';
import { PartButton } from './part-button.js';
import { partTitle } from './parts.js';

type Rounds = PanelData<'validation-rounds'>;

interface Row {
  readonly part: string | null;
  readonly title: string;
  readonly round: Rounds['rounds'][number] | null;
  readonly why: string;
}

export interface RoundsPanelProps {
  readonly store: PageStore;
  readonly rounds: Rounds;
}

const reasons: readonly (readonly [name: keyof Rounds['rounds'][number]['leftOut'], words: string])[] = [
  ['gap', 'in the gap'],
  ['labelDelay', 'label not known yet'],
  ['group', 'of a group trained on'],
  ['outside', 'before or after'],
  ['timeless', 'without a time'],
];

/** What each round of the validation trained and tested on, and what it left out. */
export function RoundsPanel({ store, rounds: { rounds, skipped } }: RoundsPanelProps) {
  const rows: Row[] = [
    ...rounds.map((round) => ({ part: round.part, title: partTitle(round.part), round, why: leftOutText(round) })),
    ...skipped.map(({ fold, why, from, until }) => ({
      part: null,
      title: `Fold ${fold}`,
      round: null,
      why: `skipped (${formatSpan(from, until)}): ${why}`,
    })),
  ];
  const cell = (of: (round: Rounds['rounds'][number]) => string) => (row: Row) =>
    row.round === null ? '' : of(row.round);
  return (
    <Panel title="Trained and tested on" note="labelled instances; times in UTC">
      <SimpleTable<Row>
        caption="What each round trained and tested on"
        rows={rows}
        rowKey={({ title }) => title}
        columns={[
          {
            key: 'part',
            title: 'part',
            heads: true,
            cell: ({ part, title }) => (part === null ? title : <PartButton part={part} store={store} />),
          },
          { key: 'train', title: 'trained on', align: 'end', cell: cell(({ train }) => formatCount(train.instances)) },
          { key: 'trainShare', title: 'malicious', align: 'end', cell: cell(({ train }) => shareOf(train)) },
          { key: 'trainSpan', title: 'from, to', cell: (row) => <Span of={row.round?.train} /> },
          { key: 'test', title: 'tested on', align: 'end', cell: cell(({ test }) => formatCount(test.instances)) },
          { key: 'testShare', title: 'malicious', align: 'end', cell: cell(({ test }) => shareOf(test)) },
          { key: 'testSpan', title: 'from, to', cell: (row) => <Span of={row.round?.test} /> },
          { key: 'out', title: 'left out', cell: ({ why }) => why },
        ]}
      />
    </Panel>
  );
}

function Span({ of }: { readonly of: Rounds['rounds'][number]['train'] | undefined }) {
  return of ? <span class="one-line">{formatSpan(of.from, of.until)}</span> : null;
}

function shareOf({ instances, malicious }: Rounds['rounds'][number]['train']): string {
  return instances === 0 ? '' : formatPercent(malicious / instances);
}

function leftOutText({ leftOut }: Rounds['rounds'][number]): string {
  return reasons
    .filter(([name]) => leftOut[name] > 0)
    .map(([name, words]) => `${formatCount(leftOut[name])} ${words}`)
    .join(', ');
}
