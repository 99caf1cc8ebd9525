import type { ComponentChildren } from 'preact';
import type { ResultDocument } from '../../../src/schema/result-document.js';
import { CopyField } from '../components/copy-field.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatBytes, formatCount, formatMoment, formatSeconds } from '../text/numbers.js';

interface RunProps {
  readonly document: ResultDocument;
}

/** The command that makes this result again, and what it depends on. */
export function ReproducePanel({ document }: RunProps) {
  const { run, dataset, settings } = document;
  const clock = run.clockDecided
    ? 'A time limit decided something: another run may differ.'
    : 'The same input, settings and seed give the same result, byte for byte, on any number of cores.';
  return (
    <Panel title="Run it again" note={clock}>
      <CopyField label="The command of this experiment" text={run.command} editable />
      <dl class="facts">
        <Fact name="Program">{run.program}</Fact>
        <Fact name="Seed">{String(settings.seed ?? '–')}</Fact>
        <Fact name="Input">
          <DataText text={run.input} mono expandable />
        </Fact>
        <Fact name="Input’s hash">
          <DataText text={dataset.hash} max={80} mono />
        </Fact>
        <Fact name="Node.js">
          {run.environment.node}, {run.environment.platform}
        </Fact>
        <Fact name="Database">
          <DataText text={run.database} expandable />
        </Fact>
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where the time went. */
export function TimingsPanel({ document }: RunProps) {
  const { run } = document;
  const whole = run.durations.reduce((sum, { seconds }) => sum + seconds, 0);
  const longest = Math.max(...run.durations.map(({ seconds }) => seconds), Number.MIN_VALUE);
  return (
    <Panel
      title="Timings"
      span={4}
      note={`${formatMoment(run.started)}, ${formatSeconds(whole)} on ${run.jobs} of ${run.environment.cores} cores, ${formatBytes(run.peakMemoryBytes)} of memory${run.cacheHit ? ', features from the cache' : ''}`}
    >
      <SimpleTable<(typeof run.durations)[number]>
        caption="Timings"
        rows={run.durations}
        columns={[
          { key: 'stage', title: 'Stage', heads: true, cell: ({ stage }) => <DataText text={stage} max={40} /> },
          {
            key: 'bar',
            title: <span class="visually-hidden">Share of the longest</span>,
            cell: ({ seconds }) => <Bar share={seconds / longest} />,
          },
          { key: 'seconds', title: 'Time', align: 'end', cell: ({ seconds }) => formatSeconds(seconds) },
        ]}
      />
    </Panel>
  );
}

/** A bar in a table cell; the number stands beside it. */
function Bar({ share }: { readonly share: number }) {
  return <span class="bar" aria-hidden="true" style={{ '--share': String(share) }} />;
}

/** The files of the result, with what proves that they are whole. */
export function FilesPanel({ document, directory }: RunProps & { readonly directory: string }) {
  const { artifacts } = document;
  const whole = artifacts.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Panel
      title="Files"
      note={
        <>
          result.json and {formatCount(artifacts.length)} files of {formatBytes(whole)} in{' '}
          <DataText text={directory} max={160} mono expandable />
        </>
      }
    >
      <SimpleTable<(typeof artifacts)[number]>
        caption="Files"
        rows={artifacts}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', title: 'File', heads: true, cell: ({ name }) => <DataText text={name} mono /> },
          { key: 'bytes', title: 'Size', align: 'end', cell: ({ bytes }) => formatBytes(bytes) },
          {
            key: 'hash',
            title: 'SHA-256',
            cell: ({ sha256 }) => <code class="hash">{sha256}</code>,
          },
        ]}
      />
    </Panel>
  );
}
