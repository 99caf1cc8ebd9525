import type { Instance } from '../../../src/schema/api/instance.js';
import { partTitle } from '../classification/parts.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { SimpleTable } from '../components/simple-table.js';
import type { Source } from '../source/source.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { InstanceFeatures } from './instance-features.js';
import { InstanceReasons } from './instance-reasons.js';
import { InstanceViews } from './instance-views.js';

export interface InstanceBodyProps {
  readonly source: Source;
  readonly experiment: string;
  readonly instance: Instance;
  readonly part: string | undefined;
  /** Not where the page is about labels of its own: those shown here are the truth. */
  readonly withFacts?: boolean;
  readonly onFeature: (index: number) => void;
}

/** What an instance is, and what an experiment said of it, part by part. */
export function InstanceBody({ source, experiment, instance, part, withFacts = true, onFeature }: InstanceBodyProps) {
  return (
    <>
      {withFacts && <Facts instance={instance} />}
      <SimpleTable
        caption="Predictions"
        rows={instance.predictions}
        rowKey={({ row }) => row}
        columns={[
          {
            key: 'part',
            title: 'part',
            heads: true,
            cell: (row) => <DataText text={partTitle(row.part)} max={40} />,
          },
          {
            key: 'predicted',
            title: 'predicted',
            cell: ({ predicted }) => predicted !== null && <DataText text={predicted} max={40} />,
          },
          {
            key: 'probability',
            title: 'probability',
            align: 'end',
            cell: ({ probability }) => formatNumber(probability),
          },
          { key: 'score', title: 'score', align: 'end', cell: ({ score }) => formatNumber(score) },
          { key: 'rank', title: 'rank', align: 'end', cell: ({ rank }) => formatCount(rank) },
        ]}
      />
      <InstanceReasons instance={instance} />
      <InstanceFeatures source={source} experiment={experiment} instance={instance} part={part} onFeature={onFeature} />
      {source.live && instance.views.length > 0 && (
        <details class="instance-more">
          <summary>The original</summary>
          <InstanceViews source={source} experiment={experiment} instance={instance} part={part} />
        </details>
      )}
    </>
  );
}

/** What the input files say of it. */
function Facts({ instance }: { readonly instance: Instance }) {
  return (
    <dl class="instance-facts">
      <dt>Label</dt>
      <dd>
        <LabelBadge label={instance.label} />
      </dd>
      <dt>Family</dt>
      <dd>{instance.family === null ? 'none' : <DataText text={instance.family} />}</dd>
      <dt>Instance id</dt>
      <dd>
        <DataText text={instance.instanceId} mono />
      </dd>
      {instance.timestamp !== null && (
        <>
          <dt>Time</dt>
          <dd>{instance.timestamp}</dd>
        </>
      )}
    </dl>
  );
}
