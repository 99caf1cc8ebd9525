import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount } from '../text/numbers.js';
import { type Hexagon, hexagonText } from './hexagon-chart.js';

type Member = Hexagon['members'][number];

export interface HexagonPanelProps {
  readonly hexagon: Hexagon | null;
  readonly onOpen: (instanceId: string) => void;
}

/** Who is in the chosen hexagon: its families, and some of its instances to look at and label. */
export function HexagonPanel({ hexagon, onOpen }: HexagonPanelProps) {
  if (hexagon === null) {
    return (
      <Panel title="A place in the picture" span={4}>
        <Notice kind="information">Choose a hexagon to see who is in it.</Notice>
      </Panel>
    );
  }
  const { members, instances, families } = hexagon;
  const note = members.length < instances ? `, ${formatCount(members.length)} of them spread over it` : '';
  return (
    <Panel title="A place in the picture" span={4} note={`${hexagonText(hexagon)}${note}`}>
      {families.length > 0 && (
        <p>
          {families.map(({ family, label, instances: count }) => (
            <span key={`${label} ${family}`} class="hexagon-family">
              <LabelBadge label={label} short /> <DataText text={family} max={30} /> {formatCount(count)}
            </span>
          ))}
        </p>
      )}
      <SimpleTable<Member>
        caption="Instances of the hexagon"
        rows={members}
        rowKey={({ instanceId }) => instanceId}
        columns={[
          {
            key: 'ident',
            title: 'Instance',
            heads: true,
            cell: ({ ident, instanceId }) => (
              <button type="button" class="link" onClick={() => onOpen(instanceId)}>
                <DataText text={ident || instanceId} max={28} />
              </button>
            ),
          },
          { key: 'label', title: 'Label', cell: ({ label }) => <LabelBadge label={label} short /> },
          {
            key: 'family',
            title: 'Family',
            cell: ({ family }) => family !== null && <DataText text={family} max={20} />,
          },
        ]}
      />
    </Panel>
  );
}
