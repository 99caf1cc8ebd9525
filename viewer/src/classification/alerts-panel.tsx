import type { AlertRow } from '../../../src/schema/panels/alerts.js';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { useFirstRows } from '../components/first-rows.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { Segments } from '../components/select.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { AlertGroups } from './alert-groups.js';
import { AlertLink } from './alert-link.js';
import type { AlertView } from './page-state.js';
import type { PageStore } from './page-store.js';

type Alerts = PanelData<'alerts'>;

const titles: Readonly<Record<AlertView, string>> = {
  top: 'Highest',
  random: 'By chance',
  clusters: 'Clusters',
  families: 'Families',
};

/** So many at first: more are one button away. */
const shownAtFirst = 10;

export interface AlertsPanelProps {
  readonly store: PageStore;
  readonly part: string;
  readonly alerts: Alerts;
}

/** The alerts of a part as decided: the highest, some drawn by chance, what they have in common. */
export function AlertsPanel({ store, part, alerts }: AlertsPanelProps) {
  const views = viewsOf(alerts);
  const asked = store.state.value.alerts;
  const view = views.find((one) => one === asked) ?? views[0];
  const grouping = alerts.groupings.find(({ by }) => by === view);
  const open = ({ instanceId, part: own }: AlertRow): void =>
    store.change({ instance: instanceId, instancePart: own === part ? null : own, feature: null }, 'push');
  return (
    <Panel
      title="Alerts"
      note={noteOf(alerts)}
      actions={
        views.length > 1 && (
          <Segments
            label="Which alerts"
            value={view}
            choices={views.map((value) => ({ value, title: titles[value] }))}
            onChange={(chosen) => store.change({ alerts: chosen })}
          />
        )
      }
    >
      {alerts.alerts === 0 ? (
        <Notice kind="empty" title="No instance raises an alert" />
      ) : grouping ? (
        <AlertGroups grouping={grouping} alerts={alerts.alerts} onOpen={open} />
      ) : (
        <AlertTable key={view} view={view} alerts={alerts} onOpen={open} />
      )}
    </Panel>
  );
}

/** What there is to see of the alerts, in the order of the buttons. */
function viewsOf({ top, random, groupings }: Alerts): AlertView[] {
  return [...(top ? ['top' as const] : []), ...(random ? ['random' as const] : []), ...groupings.map(({ by }) => by)];
}

function noteOf({ alerts, instances, threshold, scale, malicious, benign, unlabeled }: Alerts): string {
  const known = [
    [malicious, 'malicious'],
    [benign, benign === 1 ? 'false alarm' : 'false alarms'],
    [unlabeled, 'without a label'],
  ] as const;
  const told = known.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const decided = `${formatCount(alerts)} of ${formatCount(instances)} instances, as decided (${scale} > ${formatNumber(threshold)})`;
  return told.length > 0 ? `${decided}: ${told.join(', ')}` : decided;
}

interface AlertTableProps {
  readonly view: AlertView;
  readonly alerts: Alerts;
  readonly onOpen: (alert: AlertRow) => void;
}

function AlertTable({ view, alerts, onOpen }: AlertTableProps) {
  const listed = (view === 'top' ? alerts.top : alerts.random) ?? [];
  const { shown, showAll } = useFirstRows(listed, shownAtFirst);
  return (
    <div class="alert-list">
      <SimpleTable<AlertRow>
        caption={view === 'top' ? 'The highest alerts' : 'Alerts drawn by chance'}
        rows={shown}
        rowKey={({ rank }) => rank}
        columns={[
          { key: 'rank', title: 'rank', align: 'end', cell: ({ rank }) => formatCount(rank) },
          {
            key: 'ident',
            title: 'instance',
            heads: true,
            cell: (alert) => <AlertLink alert={alert} onOpen={onOpen} />,
          },
          { key: 'value', title: alerts.scale, align: 'end', cell: ({ value }) => formatNumber(value) },
          {
            key: 'label',
            title: 'label',
            cell: ({ label, family }) => (
              <>
                <LabelBadge label={label} short /> {family !== null && <DataText text={family} max={24} />}
              </>
            ),
          },
        ]}
      />
      <div class="table-foot">
        <span>
          {formatCount(listed.length)} of {formatCount(alerts.alerts)} alerts
          {view === 'random' && ', drawn by the seed'}
        </span>
        {showAll}
      </div>
    </div>
  );
}
