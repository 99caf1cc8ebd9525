import type { ExperimentSummary } from '../../../src/schema/api/experiments.js';
import { Link } from '../app/link.js';
import { experimentPath } from '../app/routes.js';
import { StateBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import type { TableColumn } from '../components/virtual-table.js';
import { figureKind, partTitle, splitHeadlineName } from '../text/headline-names.js';
import { kindTitle } from '../text/kind-titles.js';
import { formatCount, formatMoment, formatSeconds } from '../text/numbers.js';
import { figureOf, judgedOn } from './listed-experiments.js';

export interface ColumnsOptions {
  /** Names of the figures to show, a column each; null: of each experiment its own, in one column. */
  readonly figures: readonly string[] | null;
  readonly kinds: number;
  readonly withDataset: boolean;
  readonly chosen: readonly string[];
  readonly onChoose: (id: string) => void;
}

/** What the list says of an experiment, column by column. */
export function experimentColumns(options: ColumnsOptions): TableColumn<ExperimentSummary>[] {
  const { figures, kinds, withDataset, chosen, onChoose } = options;
  const columns: (TableColumn<ExperimentSummary> | false)[] = [
    {
      key: 'choose',
      title: '',
      head: <span class="visually-hidden">Compare</span>,
      width: 20,
      align: 'center',
      cell: ({ id, name, state }) => (
        <input
          type="checkbox"
          aria-label={`Compare ${name ?? id}`}
          checked={chosen.includes(id)}
          disabled={state !== 'done'}
          tabIndex={-1}
          onChange={() => onChoose(id)}
        />
      ),
    },
    {
      key: 'name',
      title: 'Experiment',
      width: 166,
      grow: 3,
      sorts: 'ascending',
      cell: ({ id, name, state }) => (
        <span class="name-and-state">
          <Link to={experimentPath(id)} unfocused>
            {name === null ? <span class="mono experiment-id">{id}</span> : <DataText text={name} max={60} />}
          </Link>
          {state !== 'done' && <StateBadge state={state} />}
        </span>
      ),
    },
    withDataset && {
      key: 'dataset',
      title: 'Dataset',
      width: 166,
      grow: 1,
      sorts: 'ascending',
      priority: 2,
      cell: ({ project, dataset }) => (
        <>
          <span class="muted">
            <DataText text={project} max={24} />/
          </span>
          <DataText text={dataset} max={32} />
        </>
      ),
    },
    kinds > 1 && {
      key: 'kind',
      title: 'Kind',
      width: 100,
      sorts: 'ascending',
      priority: 3,
      cell: ({ kind }) => <DataText text={kindTitle(kind)} max={20} />,
    },
    figures === null && {
      key: 'result',
      title: 'Result',
      width: 130,
      grow: 8,
      cell: (experiment) => <OwnFigures of={experiment} />,
    },
    ...(figures ?? []).map(
      (figure, index): TableColumn<ExperimentSummary> => ({
        key: figure,
        title: figureKind(figure).title,
        width: Math.max(64, Math.ceil(figureKind(figure).title.length * 6.4) + 14),
        align: 'end',
        sorts: figureKind(figure).better === 'less' ? 'ascending' : 'descending',
        priority: index === 0 ? 0 : 4 + index,
        cell: (experiment) => figureKind(figure).format(figureOf(experiment, figure)),
      }),
    ),
    figures !== null && {
      key: 'part',
      title: 'Judged on',
      hint: 'The part of the data that the figures are about',
      width: 110,
      priority: 4,
      cell: (experiment) => {
        const part = judgedOn(experiment);
        return part === null ? '' : <DataText text={partTitle(part)} max={20} />;
      },
    },
    {
      key: 'warnings',
      title: 'Warnings',
      width: 60,
      align: 'end',
      sorts: 'descending',
      priority: 5,
      cell: ({ warnings }) =>
        warnings === 0 ? (
          <span class="muted">0</span>
        ) : (
          <span class="badge uncertain">
            <span aria-hidden="true">▲</span> {formatCount(warnings)}
          </span>
        ),
    },
    {
      key: 'started',
      title: 'Started',
      width: 124,
      align: 'end',
      sorts: 'descending',
      priority: 1,
      cell: ({ started }) => <time dateTime={started}>{formatMoment(started)}</time>,
    },
    {
      key: 'seconds',
      title: 'Took',
      width: 58,
      align: 'end',
      sorts: 'descending',
      priority: 6,
      cell: ({ seconds }) => formatSeconds(seconds),
    },
  ];
  return columns.filter((column) => column !== false);
}

/** The figures that stand for an experiment, by their names: as many as there is room for. */
function OwnFigures({ of }: { readonly of: ExperimentSummary }) {
  return of.figures.map(({ name, value }, index) => {
    const { title, format } = figureKind(splitHeadlineName(name).figure);
    return (
      <span key={name}>
        {index > 0 && <span class="muted"> · </span>}
        <span class="muted">{title}</span> {format(value)}
      </span>
    );
  });
}
