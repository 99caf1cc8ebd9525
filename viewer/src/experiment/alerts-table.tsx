import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { ChartTable } from '../components/chart-frame.js';
import { DataText } from '../components/data-text.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { capped } from './capped-table.js';

/** The groups of alerts as a table; without groups, the alerts that are listed. */
export function alertsTable({ groupings, top, random }: PanelData<'alerts'>): ChartTable {
  const groups = groupings.flatMap(({ by, groups: all }) => all.map((group) => ({ by, ...group })));
  if (groups.length > 0) {
    return capped(['By', 'Group', 'Alerts', 'Malicious', 'Benign', 'Unlabeled'], groups.length, (at) => [
      groups[at].by,
      <DataText text={groups[at].name} />,
      formatCount(groups[at].alerts),
      formatCount(groups[at].malicious),
      formatCount(groups[at].benign),
      formatCount(groups[at].unlabeled),
    ]);
  }
  const alerts = top ?? random ?? [];
  return capped(['Rank', 'Instance', 'Value', 'Label', 'Family'], alerts.length, (at) => [
    formatCount(alerts[at].rank),
    <DataText text={alerts[at].ident} />,
    formatNumber(alerts[at].value),
    alerts[at].label ?? '',
    alerts[at].family === null ? '' : <DataText text={alerts[at].family} />,
  ]);
}
