import type { ComponentChildren } from 'preact';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { ResultDocument, Settings } from '../../../src/schema/result-document.js';
import { Badge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatNumber } from '../text/numbers.js';
import { type GivenOptions, givenOptions } from './given-options.js';

interface SettingsPanelProps {
  readonly document: ResultDocument;
  readonly grid: PanelData<'grid-search'> | null;
}

interface SettingRow {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly given: boolean;
}

/** Every resolved setting; those that the command line gave stand out from defaults. */
export function SettingsPanel({ document }: { readonly document: ResultDocument }) {
  const given = givenOptions(document.run.command);
  const rows = Object.entries(document.settings)
    .filter(([name]) => name !== 'params')
    .map(([name, value]) => ({ name, value: settingText(value), given: given.options.has(name) }));
  return (
    <Panel
      title="Settings"
      span={4}
      note="Set: by the command line. The others are defaults, or come from the configuration."
    >
      <SettingTable caption="Settings" heading="Setting" rows={rows} />
    </Panel>
  );
}

/** The model's hyper-parameters: what was tried, and what was chosen. */
export function HyperParametersPanel({ document, grid }: SettingsPanelProps) {
  const given = givenOptions(document.run.command);
  const chosen = grid?.points.find((point) => point.chosen)?.params ?? null;
  const listed = Array.isArray(document.settings.params) ? document.settings.params.map(String) : [];
  const rows = listed.map((entry) => parameterRow(entry, chosen, given));
  if (rows.length === 0) return null;
  const tried = grid === null ? 'Fixed: no search was made.' : `Chosen out of ${grid.points.length} combinations.`;
  return (
    <Panel title="Hyper-parameters" span={4} note={tried}>
      <SettingTable caption="Hyper-parameters" heading="Parameter" rows={rows} />
    </Panel>
  );
}

function parameterRow(entry: string, chosen: Record<string, unknown> | null, given: GivenOptions): SettingRow {
  const at = entry.indexOf('=');
  const name = entry.slice(0, at);
  const values = entry.slice(at + 1).split(',');
  const value = chosen !== null && name in chosen ? String(chosen[name]) : values.join(', ');
  return {
    name,
    given: given.params.has(name),
    value:
      values.length === 1 ? (
        <DataText text={value} mono />
      ) : (
        <>
          <strong class="mono">{value}</strong> <span class="muted">of {values.join(', ')}</span>
        </>
      ),
  };
}

function SettingTable({ caption, heading, rows }: { caption: string; heading: string; rows: readonly SettingRow[] }) {
  return (
    <SimpleTable<SettingRow>
      caption={caption}
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { key: 'name', title: heading, heads: true, cell: ({ name }) => <DataText text={name} max={40} /> },
        { key: 'value', title: 'Value', cell: ({ value }) => value },
        {
          key: 'given',
          title: '',
          align: 'end',
          cell: ({ given }) => given && <Badge meaning="all">set</Badge>,
        },
      ]}
    />
  );
}

function settingText(value: Settings[string]): ComponentChildren {
  if (value === null) return <span class="muted">none</span>;
  if (typeof value === 'number') return formatPlain(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return <DataText text={value} mono />;
  const texts = Array.isArray(value) ? value.map(String) : Object.entries(value).map(([key, one]) => `${key}=${one}`);
  return <DataText text={texts.join(', ')} mono expandable />;
}

/** A seed is a name, not an amount: no thousands are separated. */
const formatPlain = (value: number): string => (Number.isInteger(value) ? String(value) : formatNumber(value, 6));
