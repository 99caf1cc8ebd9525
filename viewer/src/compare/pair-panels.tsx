import type { ComparisonDocument, ComparisonPair, VerdictChange } from '../../../src/schema/comparison.js';
import { Link } from '../app/link.js';
import { experimentPath } from '../app/routes.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Figure, Figures } from '../components/figure.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatNumber, formatPercent } from '../text/numbers.js';

interface PairProps {
  readonly document: ComparisonDocument;
  readonly pair: ComparisonPair;
}

/** Which of the two is right where they disagree: McNemar's test in plain words. */
export function AgreementPanel({ pair }: PairProps) {
  const { mcnemar, rows } = pair;
  return (
    <Panel title="Where they disagree" span={5} note={<Common rows={rows} />}>
      {mcnemar === null ? (
        <Notice kind="empty" title="No labelled instance in common: nobody can say who is right" />
      ) : (
        <>
          <Figures label="Agreement">
            <Figure name="only the first right" value={formatCount(mcnemar.onlyBaselineRight)} />
            <Figure name="only the other right" value={formatCount(mcnemar.onlyOtherRight)} />
            <Figure name="both right" value={formatCount(mcnemar.bothRight)} />
            <Figure name="both wrong" value={formatCount(mcnemar.bothWrong)} />
          </Figures>
          <p class="after-figures">{mcnemarSentence(mcnemar)}</p>
        </>
      )}
    </Panel>
  );
}

const signedCount = (count: number, sign: string): string => (count === 0 ? '0' : `${sign}${formatCount(count)}`);

function Common({ rows }: { readonly rows: ComparisonPair['rows'] }) {
  const alone = [
    rows.onlyBaseline > 0 && `${formatCount(rows.onlyBaseline)} only in the first`,
    rows.onlyOther > 0 && `${formatCount(rows.onlyOther)} only in the other`,
    rows.contradictory > 0 && `${formatCount(rows.contradictory)} labelled differently, not judged`,
  ].filter((text) => text !== false);
  return <>{[`${formatCount(rows.common)} instances in common`, ...alone].join('; ')}</>;
}

function mcnemarSentence({
  pValue,
  method,
  onlyBaselineRight,
  onlyOtherRight,
}: NonNullable<ComparisonPair['mcnemar']>) {
  const name = `McNemar’s test (${method === 'exact-binomial' ? 'exact' : 'chi-squared'}), p = ${formatNumber(pValue, 2)}`;
  if (pValue >= 0.05) return `${name}: chance alone could well have made this difference.`;
  return `${name}: ${onlyOtherRight > onlyBaselineRight ? 'the other' : 'the first'} is right more often than chance explains.`;
}

/** Alerts won and lost, by label. */
export function VerdictsPanel({ pair }: PairProps) {
  return (
    <Panel
      title="Alerts won and lost"
      span={7}
      note="Won: called malicious by the other only. Lost: by the first only."
    >
      <SimpleTable<ComparisonPair['verdicts'][number]>
        caption="Alerts won and lost by label"
        rows={pair.verdicts}
        columns={[
          { key: 'label', title: 'Label', heads: true, cell: ({ label }) => <LabelBadge label={label} /> },
          { key: 'instances', title: 'Instances', align: 'end', cell: ({ instances }) => formatCount(instances) },
          {
            key: 'first',
            title: 'Alerts of the first',
            align: 'end',
            cell: (row) => formatCount(row.calledByBaseline),
          },
          { key: 'other', title: 'of the other', align: 'end', cell: (row) => formatCount(row.calledByOther) },
          { key: 'won', title: 'Won', align: 'end', cell: ({ gained }) => signedCount(gained, '+') },
          { key: 'lost', title: 'Lost', align: 'end', cell: ({ lost }) => signedCount(lost, '−') },
        ]}
      />
    </Panel>
  );
}

/** Families whose detection changed most. */
export function FamilyChangesPanel({ pair }: PairProps) {
  const { rows, total } = pair.families;
  const changed = rows.filter(({ gained, lost }) => gained + lost > 0);
  return (
    <Panel
      title="Families"
      span={5}
      note={`${formatCount(changed.length)} of ${formatCount(total)} changed; the most changed first`}
    >
      {changed.length === 0 ? (
        <Notice kind="empty" title="No family is judged differently" />
      ) : (
        <SimpleTable<ComparisonPair['families']['rows'][number]>
          caption="Families that are judged differently"
          rows={changed}
          columns={[
            { key: 'label', title: '', cell: ({ label }) => <LabelBadge label={label} short /> },
            { key: 'family', title: 'Family', heads: true, cell: ({ family }) => <DataText text={family} max={32} /> },
            {
              key: 'first',
              title: 'First',
              align: 'end',
              cell: (row) => formatPercent(row.calledByBaseline / row.instances),
            },
            {
              key: 'other',
              title: 'Other',
              align: 'end',
              cell: (row) => formatPercent(row.calledByOther / row.instances),
            },
            { key: 'won', title: 'Won', align: 'end', cell: ({ gained }) => signedCount(gained, '+') },
            { key: 'lost', title: 'Lost', align: 'end', cell: ({ lost }) => signedCount(lost, '−') },
          ]}
        />
      )}
    </Panel>
  );
}

/** Instances that changed sides, the largest changes first; each leads to itself in the other experiment. */
export function ChangesPanel({ document, pair }: PairProps) {
  const { rows, total, scale } = pair.changes;
  const note =
    scale === 'rank'
      ? 'The scales differ: places in the order are compared.'
      : `By the change of the ${scale}; the largest ${formatCount(rows.length)} of ${formatCount(total)}.`;
  if (total === 0) return null;
  const to = (id: string, part: string, instanceId: string): string =>
    `${experimentPath(id)}?${new URLSearchParams({ part, instance: instanceId })}`;
  return (
    <Panel title="Instances judged differently" span={7} note={note}>
      <SimpleTable<VerdictChange>
        caption="Instances judged differently"
        rows={rows}
        rowKey={({ instanceId }) => instanceId}
        columns={[
          { key: 'label', title: '', cell: ({ label }) => <LabelBadge label={label} short /> },
          { key: 'ident', title: 'Instance', heads: true, cell: ({ ident }) => <DataText text={ident} max={40} /> },
          {
            key: 'family',
            title: 'Family',
            cell: ({ family }) => (family === null ? '' : <DataText text={family} max={24} />),
          },
          {
            key: 'first',
            title: 'First',
            align: 'end',
            cell: ({ instanceId, baseline }) => (
              <Link to={to(document.baseline.id, document.baseline.part, instanceId)}>
                {formatNumber(baseline.value, 3)}
              </Link>
            ),
          },
          {
            key: 'other',
            title: 'Other',
            align: 'end',
            cell: ({ instanceId, other }) => (
              <Link to={to(pair.other.id, pair.other.part, instanceId)}>{formatNumber(other.value, 3)}</Link>
            ),
          },
          { key: 'verdict', title: 'Now called', cell: ({ other }) => <LabelBadge label={other.verdict} /> },
        ]}
      />
    </Panel>
  );
}

/** Settings that are not the same. */
export function SettingDifferencesPanel({ pair }: PairProps) {
  if (pair.settings.length === 0) return <Panel title="Settings">All settings are the same.</Panel>;
  const text = (value: string | null) =>
    value === null ? <span class="muted">none</span> : <DataText text={value} max={200} mono expandable />;
  return (
    <Panel title="Settings that differ">
      <SimpleTable<ComparisonPair['settings'][number]>
        caption="Settings that differ"
        rows={pair.settings}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', title: 'Setting', heads: true, cell: ({ name }) => <DataText text={name} /> },
          { key: 'first', title: 'First', cell: ({ baseline }) => text(baseline) },
          { key: 'other', title: 'Other', cell: ({ other }) => text(other) },
        ]}
      />
    </Panel>
  );
}
