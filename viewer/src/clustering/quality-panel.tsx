import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { figureKind } from '../text/headline-names.js';

const own = ['silhouette', 'inertia', 'noise'] as const;
const agreements = ['homogeneity', 'completeness', 'vMeasure', 'adjustedRand', 'adjustedMutualInformation'] as const;

interface Row {
  readonly title: string;
  readonly texts: readonly string[];
}

/** How good the clusters are by themselves, and how they agree with labels and families. */
export function QualityPanel({ headline }: { readonly headline: Readonly<Record<string, number | null>> }) {
  const row = (figure: string, names: readonly string[]): Row => {
    const { title, format } = figureKind(figure);
    return { title, texts: names.map((name) => format(headline[name])) };
  };
  const against = ['', 'family.'].filter((prefix) => (headline[`${prefix}vMeasure`] ?? null) !== null);
  return (
    <Panel title="Quality" span={4}>
      <Figures caption="By themselves" columns={['']} rows={own.map((name) => row(name, [name]))} />
      <p class="muted">
        Silhouette, -1 to 1: how much nearer an instance is to its own cluster than to the next. Inertia: squared
        distances to the centres, the less the tighter.
      </p>
      {against.length > 0 && (
        <>
          <Figures
            caption="Agreement"
            columns={against.map((prefix) => (prefix === '' ? 'labels' : 'families'))}
            rows={agreements.map((name) =>
              row(
                name,
                against.map((prefix) => `${prefix}${name}`),
              ),
            )}
          />
          <p class="muted">1: the same grouping; the adjusted ones are 0 for chance.</p>
        </>
      )}
    </Panel>
  );
}

interface FiguresProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

function Figures({ caption, columns, rows }: FiguresProps) {
  return (
    <SimpleTable<Row>
      caption={caption}
      rows={rows}
      rowKey={({ title }) => title}
      columns={[
        { key: 'title', title: caption, heads: true, cell: ({ title }) => title },
        ...columns.map((column, k) => ({
          key: `value ${k}`,
          title: column,
          align: 'end' as const,
          cell: ({ texts }: Row) => texts[k],
        })),
      ]}
    />
  );
}
