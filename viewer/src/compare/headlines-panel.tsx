import type { ExperimentPage } from '../../../src/schema/api/experiments.js';
import { Link } from '../app/link.js';
import { experimentPath } from '../app/routes.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { figureKind, partTitle, splitHeadlineName } from '../text/headline-names.js';

/** Headline figures side by side, each of its own rows: for experiments that have no instance in common. */
export function HeadlinesPanel({ pages }: { readonly pages: readonly ExperimentPage[] }) {
  const names = [...new Set(pages.flatMap(({ summary }) => summary.figures.map(({ name }) => name)))];
  return (
    <Panel title="Headline figures" note="Each experiment on its own instances: differences may come from these alone.">
      <SimpleTable<string>
        caption="Headline figures"
        rows={names}
        rowKey={(name) => name}
        columns={[
          { key: 'name', title: 'Figure', heads: true, cell: (name) => <FigureName name={name} /> },
          ...pages.map(({ summary }) => ({
            key: summary.id,
            title: (
              <Link to={experimentPath(summary.id)}>
                <DataText text={summary.name ?? summary.id} max={32} />
              </Link>
            ),
            align: 'end' as const,
            cell: (name: string) =>
              figureKind(splitHeadlineName(name).figure).format(
                summary.figures.find((figure) => figure.name === name)?.value,
              ),
          })),
        ]}
      />
    </Panel>
  );
}

function FigureName({ name }: { readonly name: string }) {
  const { part, figure } = splitHeadlineName(name);
  return (
    <>
      {figureKind(figure).title}
      {part !== null && (
        <span class="muted">
          , <DataText text={partTitle(part)} max={32} />
        </span>
      )}
    </>
  );
}
