import type { Instance, NearestInstances } from '../../../src/schema/api/instance.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import type { InstanceOrigin, Source } from '../source/source.js';
import { formatCount, formatNumber, formatProbability, undefinedFigure } from '../text/numbers.js';
import { turningWords, verdictWord } from './taking-over.js';

type Group = NearestInstances['groups'][number];
type Neighbour = Group['nearest'][number];
type Difference = Neighbour['differences'][number];

export interface NearestInstancesProps {
  readonly source: Source;
  readonly origin: InstanceOrigin;
  readonly instance: Instance;
  readonly part: string | undefined;
  /** Opens one of them; null where the page has no place for it. */
  readonly onInstance: ((instanceId: string) => void) | null;
}

/** The labelled instances nearest to this one, of the other class first, and what would have to be different. */
export function NearestInstancesView({ source, origin, instance, part, onInstance }: NearestInstancesProps) {
  const { instanceId } = instance;
  const loaded = useLoaded(() => source.nearestInstances(origin, instanceId, part), [instanceId, part]);
  return (
    <section aria-label="Nearest instances" class="nearest-instances">
      <LoadedView of={loaded} what="the nearest instances">
        {(nearest) => (
          <>
            <Introduction nearest={nearest} />
            {nearest.groups.map((group) => (
              <GroupOf key={group.title} group={group} nearest={nearest} onInstance={onInstance} />
            ))}
          </>
        )}
      </LoadedView>
    </section>
  );
}

function Introduction({ nearest: { searched, asked, value, threshold } }: { readonly nearest: NearestInstances }) {
  const { instances, training, dataset } = searched;
  return (
    <p class="muted">
      Among {formatCount(instances)} {training ? 'training' : 'labelled'} instances of{' '}
      <DataText text={dataset} max={40} />; distance and differences in standard deviations of the features.
      {asked === 'lead' && value !== null && (
        <> The class that the model calls it leads the next one by {formatNumber(value)}: at 0 the verdict turns.</>
      )}
      {asked === 'malicious' && value !== null && threshold !== null && (
        <>
          {' '}
          The model gives this instance {formatProbability(value)} ({verdictWord(value, threshold)}: the threshold is{' '}
          {formatNumber(threshold)}).
        </>
      )}
    </p>
  );
}

interface GroupProps {
  readonly group: Group;
  readonly nearest: NearestInstances;
  readonly onInstance: NearestInstancesProps['onInstance'];
}

function GroupOf({ group, nearest, onInstance }: GroupProps) {
  const { relation, title, instances } = group;
  return (
    <section class="nearest-group">
      <h3>
        Nearest of <DataText text={title} max={40} />
        {relation !== null && <span class="muted"> · {relation === 'other' ? 'the other side' : 'its own class'}</span>}
      </h3>
      {instances === 0 && <Notice kind="empty">There is no labelled instance of this class.</Notice>}
      {group.nearest.map((neighbour, k) => (
        <NeighbourOf
          key={neighbour.instanceId}
          neighbour={neighbour}
          nearest={nearest}
          open={k === 0 && relation !== 'same'}
          onInstance={onInstance}
        />
      ))}
    </section>
  );
}

interface NeighbourProps {
  readonly neighbour: Neighbour;
  readonly nearest: NearestInstances;
  readonly open: boolean;
  readonly onInstance: NearestInstancesProps['onInstance'];
}

function NeighbourOf({ neighbour, nearest, open, onInstance }: NeighbourProps) {
  const { instanceId, ident, label, family, alike, distance, differing } = neighbour;
  return (
    <details class="neighbour" open={open}>
      <summary>
        <LabelBadge label={label} short /> <DataText text={ident} max={36} />
        <span class="neighbour-figures">
          distance <strong>{formatNumber(distance, 3)}</strong>, {formatCount(differing)} differ
        </span>
      </summary>
      <p class="muted">
        {family !== null && (
          <>
            Family <DataText text={family} max={40} />.{' '}
          </>
        )}
        {alike > 1 && `${formatCount(alike - 1)} more with the very same features. `}
        {onInstance !== null && (
          <button type="button" class="quiet small" onClick={() => onInstance(instanceId)}>
            Open it
          </button>
        )}
      </p>
      <Turning neighbour={neighbour} nearest={nearest} />
      {differing === 0 ? (
        <Notice kind="information">Nothing differs: the two have the same features.</Notice>
      ) : (
        <Differences neighbour={neighbour} />
      )}
    </details>
  );
}

/** What would have to be different. */
function Turning({ neighbour, nearest }: Pick<NeighbourProps, 'neighbour' | 'nearest'>) {
  const words = turningWords(neighbour, nearest);
  if (words === null) return null;
  const { turning } = neighbour;
  if (turning === null) return <p>{words}.</p>;
  const more = turning.count - turning.changes.length;
  return (
    <div class="turning">
      <p>
        {words} (<strong>{formatProbability(turning.value)}</strong>):
      </p>
      <ul>
        {turning.changes.map(({ index, name, own, theirs }) => (
          <li key={index}>
            <DataText text={name} max={40} /> {cellText(own)} → <strong>{cellText(theirs)}</strong>
          </li>
        ))}
        {more > 0 && <li class="muted">and {formatCount(more)} more</li>}
      </ul>
    </div>
  );
}

function Differences({ neighbour: { differences, differing } }: { readonly neighbour: Neighbour }) {
  const withValue = differences.some(({ valueAfter }) => valueAfter !== null);
  return (
    <>
      <SimpleTable<Difference>
        caption="Features in which they differ most"
        rows={differences}
        rowKey={({ index }) => index}
        columns={[
          { key: 'name', title: 'Feature', heads: true, cell: ({ name }) => <DataText text={name} max={30} /> },
          {
            key: 'values',
            title: 'Here → there',
            align: 'end',
            cell: ({ own, theirs }) => `${cellText(own)} → ${cellText(theirs)}`,
          },
          {
            key: 'difference',
            title: <span title="there less here, in standard deviations of the feature">SD</span>,
            align: 'end',
            cell: ({ difference }) => deviationText(difference),
          },
          ...(withValue
            ? [
                {
                  key: 'value',
                  title: <span title="what the model would say with this value and those above it">Model</span>,
                  align: 'end' as const,
                  cell: ({ valueAfter }: Difference) => formatProbability(valueAfter),
                },
              ]
            : []),
        ]}
      />
      {differing > differences.length && (
        <p class="muted">and {formatCount(differing - differences.length)} more features that differ less</p>
      )}
    </>
  );
}

const cellText = (value: number | null): string => (value === null ? 'missing' : formatNumber(value));

const deviationText = (value: number | null): string =>
  value === null ? undefinedFigure : `${value > 0 ? '+' : '−'}${formatNumber(Math.abs(value), 3)}`;
