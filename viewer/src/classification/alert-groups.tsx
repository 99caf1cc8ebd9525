import type { AlertGroup, AlertRow } from '../../../src/schema/panels/alerts.js';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { useFirstRows } from '../components/first-rows.js';
import { formatCount, formatNumber, formatPercent } from '../text/numbers.js';
import { AlertLink } from './alert-link.js';

export interface AlertGroupsProps {
  readonly grouping: PanelData<'alerts'>['groupings'][number];
  /** How many alerts there are in all. */
  readonly alerts: number;
  readonly onOpen: (alert: AlertRow) => void;
}

/** So many at first: more are one button away. */
const shownAtFirst = 8;

/** Groups of alerts, a card each: what they are by their labels, what sets them apart, who is typical of them. */
export function AlertGroups({ grouping, alerts, onOpen }: AlertGroupsProps) {
  const { how, groups, groupsInAll } = grouping;
  const { shown, showAll } = useFirstRows(groups, shownAtFirst);
  return (
    <>
      <p class="muted">
        By <DataText text={how} />. Features: by how many standard deviations the mean of the group lies above (▲) or
        below (▼) that of the other alerts.
      </p>
      <ul class="alert-groups">
        {shown.map((group) => (
          <li key={group.name}>
            <Group group={group} share={group.alerts / alerts} by={grouping.by} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {(groupsInAll > groups.length || groups.length > shownAtFirst) && (
        <div class="table-foot">
          <span>
            {formatCount(groupsInAll)} groups
            {groupsInAll > groups.length && `, the ${formatCount(groups.length)} largest are kept here`}
          </span>
          {showAll}
        </div>
      )}
    </>
  );
}

interface GroupProps {
  readonly group: AlertGroup;
  readonly share: number;
  readonly by: 'clusters' | 'families';
  readonly onOpen: (alert: AlertRow) => void;
}

function Group({ group, share, by, onOpen }: GroupProps) {
  const { name, alerts, best, probability, families, features, members } = group;
  return (
    <article class="alert-group">
      <header>
        <h3>
          <DataText text={name} max={32} />
        </h3>
        <span class="alert-group-count">
          {formatCount(alerts)} <span class="muted">{formatPercent(share)} of the alerts</span>
        </span>
      </header>
      <LabelBar group={group} />
      <p class="muted">
        highest rank {formatCount(best)}
        {probability !== null && `, mean probability of the family ${formatPercent(probability)}`}
      </p>
      <dl>
        {families.length > 0 && (
          <>
            <dt>by their labels</dt>
            <dd>
              <ul>
                {families.map(({ family, label, alerts: count }) => (
                  <li key={`${label} ${family}`}>
                    <LabelBadge label={label} short /> <DataText text={family} max={24} />{' '}
                    <span class="muted">{formatCount(count)}</span>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {features.length > 0 && (
          <>
            <dt>unlike the others</dt>
            <dd>
              <ul>
                {features.map(({ feature, difference }) => (
                  <li key={feature}>
                    <span aria-hidden="true">{difference > 0 ? '▲' : '▼'}</span>
                    <span class="visually-hidden">{difference > 0 ? 'above' : 'below'}</span>{' '}
                    <DataText text={feature} max={28} />{' '}
                    <span class="muted">{formatNumber(Math.abs(difference), 2)}</span>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>{by === 'clusters' ? 'nearest its mean' : 'surest'}</dt>
        <dd class="alert-members">
          <ul>
            {members.map((member) => (
              <li key={`${member.part} ${member.instanceId}`}>
                <LabelBadge label={member.label} short /> <AlertLink alert={member} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </article>
  );
}

/** Malicious, benign and unlabelled alerts of a group as shares of one bar, with their numbers beside it. */
function LabelBar({ group: { alerts, malicious, benign, unlabeled } }: { readonly group: AlertGroup }) {
  const shares = [
    ['malicious', malicious, 'malicious'],
    ['benign', benign, benign === 1 ? 'false alarm' : 'false alarms'],
    ['all', unlabeled, 'unlabelled'],
  ] as const;
  const present = shares.filter(([, count]) => count > 0);
  return (
    <div class="label-shares">
      <span class="label-bar" aria-hidden="true">
        {present.map(([meaning, count]) => (
          <span key={meaning} class={meaning} style={{ width: `${(100 * count) / alerts}%` }} />
        ))}
      </span>
      <span>{present.map(([, count, word]) => `${formatCount(count)} ${word}`).join(', ')}</span>
    </div>
  );
}
