import type { LabelSetList } from '../../../src/schema/api/labels.js';
import { useSource } from '../app/context.js';
import { Link } from '../app/link.js';
import { labelsPath } from '../app/routes.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import { formatCount, formatMoment } from '../text/numbers.js';

type Summary = LabelSetList['sets'][number];

const shownSets = 30;

/** The label sets of all datasets, or of those chosen; nothing where there are none. */
export function LabelSetsPanel({
  project,
  dataset,
}: {
  readonly project: string | null;
  readonly dataset: string | null;
}) {
  const source = useSource();
  const loaded = useLoaded(() => source.labelSetList({}), [], { keep: true });
  return (
    <LoadedView of={loaded} what="the label sets" lines={2}>
      {({ sets }) => {
        const found = sets
          .filter(
            (set) => (project === null || set.project === project) && (dataset === null || set.dataset === dataset),
          )
          .toSorted((a, b) => ((a.last?.at ?? '') < (b.last?.at ?? '') ? 1 : -1));
        return found.length === 0 ? null : <Sets sets={found} />;
      }}
    </LoadedView>
  );
}

function Sets({ sets }: { readonly sets: readonly Summary[] }) {
  const left = sets.length - shownSets;
  const to = ({ project, dataset, set }: Summary, view: 'instances' | 'families'): string =>
    `${labelsPath(project, dataset, view)}?${new URLSearchParams({ set })}`;
  return (
    <Panel
      title="Label sets"
      note="What people answered, dataset by dataset; the latest change first"
      class="home-labels"
    >
      <SimpleTable<Summary>
        caption="Label sets"
        rows={sets.slice(0, shownSets)}
        rowKey={({ project, dataset, set }) => JSON.stringify([project, dataset, set])}
        columns={[
          {
            key: 'set',
            title: 'label set',
            heads: true,
            cell: (row) => (
              <Link to={to(row, 'instances')}>
                <DataText text={row.set} max={40} />
              </Link>
            ),
          },
          {
            key: 'dataset',
            title: 'dataset',
            cell: ({ project, dataset }) => (
              <>
                <span class="muted">
                  <DataText text={project} max={24} />/
                </span>
                <DataText text={dataset} max={32} />
              </>
            ),
          },
          { key: 'labels', title: 'labels', align: 'end', cell: ({ labels }) => formatCount(labels) },
          {
            key: 'shares',
            title: 'malicious, benign',
            cell: ({ malicious, benign }) => (
              <span class="label-shares">
                <span class="malicious">
                  <span aria-hidden="true">▲</span> {formatCount(malicious)}
                </span>{' '}
                <span class="benign">
                  <span aria-hidden="true">●</span> {formatCount(benign)}
                </span>
              </span>
            ),
          },
          {
            key: 'families',
            title: 'families',
            align: 'end',
            cell: (row) => <Link to={to(row, 'families')}>{formatCount(row.families)}</Link>,
          },
          {
            key: 'last',
            title: 'last change',
            align: 'end',
            cell: ({ last }) => last !== null && <time dateTime={last.at}>{formatMoment(last.at)}</time>,
          },
        ]}
      />
      {left > 0 && <p class="muted">and {formatCount(left)} more: choose a dataset to see its own</p>}
    </Panel>
  );
}
