import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ResultDocument } from '../../../src/schema/result-document.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { rowsAtHand } from '../components/row-pages.js';
import { SearchField } from '../components/search-field.js';
import { type SortState, VirtualTable } from '../components/virtual-table.js';
import { figureKind, partTitle, splitHeadlineName } from '../text/headline-names.js';

interface HeadlineRow {
  readonly name: string;
  readonly part: string;
  readonly title: string;
  readonly value: number | null;
  readonly text: string;
}

/** Every figure of the headline under the name that `--assert` takes, to search and sort. */
export function HeadlinePanel({ document }: { readonly document: ResultDocument }) {
  const text = useSignal('');
  const sort = useSignal<SortState>({ key: 'order', direction: 'ascending' });
  const all = useMemo(
    () => Object.entries(document.headline).map(([name, value]) => headlineRow(name, value)),
    [document],
  );
  const rows = sortRows(
    all.filter(({ name, title }) => `${name}\n${title}`.toLowerCase().includes(text.value.toLowerCase())),
    sort.value,
  );
  return (
    <Panel
      title="All figures"
      span={8}
      flush
      note="By the names that --assert takes."
      actions={<SearchField label="Search figures" value={text.value} onChange={(typed) => (text.value = typed)} />}
    >
      <VirtualTable<HeadlineRow>
        label="figures"
        load={rowsAtHand(rows)}
        question={JSON.stringify([text.value, sort.value])}
        rowKey={({ name }) => name}
        sort={sort.value}
        onSort={(chosen) => (sort.value = chosen)}
        maxRows={20}
        columns={[
          {
            key: 'name',
            title: 'Name',
            width: 180,
            grow: 3,
            sorts: 'ascending',
            cell: ({ name }) => <DataText text={name} mono />,
          },
          {
            key: 'title',
            title: 'Figure',
            width: 130,
            grow: 2,
            priority: 2,
            cell: ({ title }) => <DataText text={title} max={60} />,
          },
          {
            key: 'part',
            title: 'Part',
            width: 110,
            grow: 1,
            priority: 1,
            cell: ({ part }) => <DataText text={part} max={40} />,
          },
          { key: 'value', title: 'Value', width: 90, align: 'end', sorts: 'descending', cell: (row) => row.text },
        ]}
      />
    </Panel>
  );
}

function headlineRow(name: string, value: number | null): HeadlineRow {
  const { part, figure } = splitHeadlineName(name);
  const bound = /\.(low|high)$/.exec(figure);
  const kind = figureKind(bound === null ? figure : figure.slice(0, bound.index));
  const family = /^family\.(.+)\.(\w+)$/s.exec(figure);
  const title = family === null ? kind.title : `${figureKind(family[2]).title} of family ${family[1]}`;
  const side = { low: ', lower bound', high: ', upper bound' }[bound?.[1] ?? ''] ?? '';
  const format = family === null ? kind.format : figureKind(family[2]).format;
  return { name, value, part: part === null ? '' : partTitle(part), title: title + side, text: format(value) };
}

function sortRows(rows: readonly HeadlineRow[], { key, direction }: SortState): HeadlineRow[] {
  const sign = direction === 'ascending' ? 1 : -1;
  if (key === 'name') return rows.toSorted((a, b) => sign * (a.name < b.name ? -1 : 1));
  if (key === 'value') {
    return rows.toSorted(
      (a, b) => sign * ((a.value ?? Number.NEGATIVE_INFINITY) - (b.value ?? Number.NEGATIVE_INFINITY)),
    );
  }
  return [...rows];
}
