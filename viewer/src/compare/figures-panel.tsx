import type { ComparisonDocument, ComparisonPair } from '../../../src/schema/comparison.js';
import { Link } from '../app/link.js';
import { experimentPath } from '../app/routes.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { type SimpleColumn, SimpleTable } from '../components/simple-table.js';
import { figureKind } from '../text/headline-names.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { Difference, reachOf } from './difference.js';

type Compared = ComparisonDocument['baseline'];
type FigureName = ComparisonPair['figures'][number]['name'];

/** The figures of all experiments side by side, each with its difference from the first. */
export function FiguresPanel({ document }: { readonly document: ComparisonDocument }) {
  const { baseline, pairs, level, replicates } = document;
  const names = pairs[0].figures.map(({ name }) => name);
  const figureIn = ({ figures }: ComparisonPair, name: FigureName) => figures.find((figure) => figure.name === name);
  const columns: SimpleColumn<FigureName>[] = [
    { key: 'name', title: 'Figure', heads: true, cell: (name) => figureKind(name).title },
    {
      key: baseline.id,
      title: <Head of={baseline} />,
      align: 'end',
      // Each pair has its own rows in common: the first pair's stand for the baseline where there is one pair.
      cell: (name) => figureKind(name).format(figureIn(pairs[0], name)?.baseline),
    },
    ...pairs.flatMap((pair): SimpleColumn<FigureName>[] => [
      {
        key: pair.other.id,
        title: <Head of={pair.other} />,
        align: 'end',
        cell: (name) => figureKind(name).format(figureIn(pair, name)?.other),
      },
      {
        key: `${pair.other.id} difference`,
        title: 'Difference, points',
        cell: (name) => {
          const figure = figureIn(pair, name);
          const reach = reachOf(pairs.flatMap((one) => figureIn(one, name) ?? []));
          return figure === undefined ? '' : <Difference figure={figure} reach={reach} />;
        },
      },
    ]),
  ];
  return (
    <Panel
      title="Figures"
      note={`On the ${rowsText(pairs)}, at each experiment’s own threshold. Brackets: ${formatNumber(level * 100)} % intervals of the difference (DeLong for ROC AUC, else ${formatCount(replicates)} paired bootstrap samples); better or worse only where they leave out zero.`}
    >
      <SimpleTable caption="Figures side by side" columns={columns} rows={names} rowKey={(name) => name} />
    </Panel>
  );
}

function Head({ of }: { readonly of: Compared }) {
  return (
    <Link to={experimentPath(of.id)}>
      <DataText text={of.name ?? of.model ?? of.id} max={32} />
    </Link>
  );
}

function rowsText(pairs: readonly ComparisonPair[]): string {
  const judged = pairs.map(({ rows }) => rows.judged);
  const [least, most] = [Math.min(...judged), Math.max(...judged)];
  const count = least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`;
  return `${count} labelled instances in common`;
}
