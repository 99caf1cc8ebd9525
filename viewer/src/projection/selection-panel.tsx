import type { PredictionRow, RowGroups } from '../../../src/schema/api/rows.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import type { Source } from '../source/source.js';
import { formatCount, formatPercent } from '../text/numbers.js';

export interface SelectionPanelProps {
  readonly source: Source;
  readonly id: string;
  /** As an address has it; null: nothing is chosen. */
  readonly area: string | null;
  readonly groups: RowGroups | null;
  readonly onOpen: (instanceId: string) => void;
  readonly onZoom: () => void;
  readonly onDrop: () => void;
}

const sampleSize = 8;
const shownFamilies = 6;

/** What is chosen in the picture: how many, of which labels and families, and some of them to look at. */
export function SelectionPanel({ source, id, area, groups, onOpen, onZoom, onDrop }: SelectionPanelProps) {
  if (area === null || groups === null) {
    return (
      <Panel title="What is chosen" span={4}>
        <Notice kind="information" title="Nothing yet">
          Click a hexagon, or draw around several with the rectangle or the lasso: who is there is listed below, to open
          and to label.
        </Notice>
      </Panel>
    );
  }
  const { instances, malicious, benign, families, cap } = groups;
  const who = `${formatCount(instances)} ${instances === 1 ? 'instance' : 'instances'}`;
  return (
    <Panel
      title="What is chosen"
      span={4}
      note={
        cap === undefined
          ? `${who}, all of them below`
          : `${who} of the ${formatCount(cap.kept)} that this file keeps of ${formatCount(cap.of)}`
      }
      actions={
        <>
          <button type="button" class="small" onClick={onZoom}>
            Look closer
          </button>
          <button type="button" class="small" onClick={onDrop}>
            Drop
          </button>
        </>
      }
    >
      <Shares malicious={malicious} benign={benign} unlabelled={instances - malicious - benign} />
      {families.length > 0 && (
        <ul class="chosen-families">
          {families.slice(0, shownFamilies).map(({ family, label, instances: count }) => (
            <li key={`${label} ${family}`}>
              <LabelBadge label={label} short /> <DataText text={family} max={30} />{' '}
              <span class="muted">
                {formatCount(count)} ({formatPercent(count / instances)})
              </span>
            </li>
          ))}
          {families.length > shownFamilies && (
            <li class="muted">and {formatCount(families.length - shownFamilies)} more families</li>
          )}
        </ul>
      )}
      {instances > 0 && <Sample key={area} source={source} id={id} area={area} total={instances} onOpen={onOpen} />}
    </Panel>
  );
}

function Shares(counts: { readonly malicious: number; readonly benign: number; readonly unlabelled: number }) {
  const total = counts.malicious + counts.benign + counts.unlabelled;
  const parts = (['malicious', 'benign', 'unlabelled'] as const).filter((name) => counts[name] > 0);
  return (
    <>
      <span class="share-bar" aria-hidden="true">
        {parts.map((name) => (
          <span
            key={name}
            class={name === 'unlabelled' ? 'all' : name}
            style={{ width: `${(100 * counts[name]) / total}%` }}
          />
        ))}
      </span>
      <p class="share-words">
        {parts.map((name) => (
          <span key={name}>
            <LabelBadge label={name === 'unlabelled' ? null : name} /> {formatCount(counts[name])}
          </span>
        ))}
      </p>
    </>
  );
}

interface SampleProps {
  readonly source: Source;
  readonly id: string;
  readonly area: string;
  readonly total: number;
  readonly onOpen: (instanceId: string) => void;
}

/** Some of them, spread over all: a first look before all are labelled. */
function Sample({ source, id, area, total, onOpen }: SampleProps) {
  const size = Math.min(sampleSize, total);
  const loaded = useLoaded(async () => {
    const places = Array.from({ length: size }, (_, k) => Math.floor((k * total) / size));
    const pages = await Promise.all(places.map((offset) => source.rows(id, { area, offset, limit: 1 })));
    return pages.flatMap(({ rows }) => rows);
  }, [source, id, area, total]);
  return (
    <LoadedView of={loaded} what="some of the instances" lines={sampleSize}>
      {(rows) => (
        <SimpleTable<PredictionRow>
          caption={size < total ? `${size} of them, spread over all` : 'All of them'}
          rows={rows}
          rowKey={({ instanceId }) => instanceId}
          columns={[
            {
              key: 'ident',
              title: size < total ? `${size} of them` : 'Instance',
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
      )}
    </LoadedView>
  );
}
