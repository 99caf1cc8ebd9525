import { counted, printable } from '../errors.js';
import type { AnyPanel, PanelOf, ResultDocument } from '../schema/result-document.js';
import { formatCount, formatPercent, formatShare } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

/** Iterations that a terminal shows; the document has them all. */
const shownIterations = 12;

/** The result of a labelling loop for people: what was found, how the model grew, what to know. */
export function labellingReport(document: ResultDocument, panels: readonly AnyPanel[], style: Style): string {
  const { project, dataset, settings, headline, warnings } = document;
  const title = style.title(`${printable(project)}/${printable(dataset.name)}`);
  const how = `${document.kind}, strategy ${String(settings.strategy)}, model ${String(settings.model)}, seed ${String(settings.seed)}`;
  const found = `${counted(headline.labels ?? 0, 'label')}, ${formatCount(headline['families.malicious'])} malicious and ${formatCount(headline['families.benign'])} benign families, ${counted(headline.iterations ?? 0, 'iteration')}, ${counted(headline.budgetLeft ?? 0, 'answer')} left of the budget`;
  const notes = warnings.map((warning) =>
    wrapText(`${style.uncertain('note:')} ${printable(warning, 1000)}`, style.tableWidth, '      '),
  );
  const sections = [
    `${wrapText(`${title}  ${printable(how)}`, style.tableWidth, '  ')}\n${wrapText(found, style.tableWidth, '  ')}`,
    notes.join('\n'),
    history(panels, style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function history(panels: readonly AnyPanel[], style: Style): string {
  const panel = panels.find((candidate): candidate is PanelOf<'history'> => candidate.kind === 'history');
  const iterations = panel?.data.iterations ?? [];
  if (iterations.length === 0) return '';
  const shown = iterations.length <= shownIterations ? iterations : thinned(iterations);
  const part = judgedPart(iterations.at(-1)?.figures ?? {});
  const head = [
    'iteration',
    'labels',
    'malicious',
    'families',
    `ROC AUC (${printable(part, 20)})`,
    'suggestions right',
  ];
  const rows = shown.map(({ iteration, labels, malicious, families, figures }) => [
    formatCount(iteration),
    formatCount(labels),
    formatCount(malicious),
    `${formatCount(families.malicious)} + ${formatCount(families.benign)}`,
    formatShare(figures[`${part}.rocAuc`] ?? null),
    formatPercent(figures['suggestions.labelAccuracy'] ?? null),
  ]);
  const left = iterations.length - shown.length;
  const cap = left > 0 ? `\n${style.quiet(`${counted(left, 'iteration')} in between left out`)}` : '';
  return `${formatTable(rows, { head, width: style.tableWidth })}${cap}`;
}

/** The part whose figures say most: a validation dataset, else cross-validation. */
function judgedPart(figures: Readonly<Record<string, number | null>>): string {
  const names = Object.keys(figures).filter((name) => name.endsWith('.rocAuc'));
  const dataset = names.find((name) => name.startsWith('dataset:'));
  return (dataset ?? 'cv.rocAuc').slice(0, -'.rocAuc'.length);
}

/** The first, the last, and some in between. */
function thinned<T>(items: readonly T[]): T[] {
  const step = (items.length - 1) / (shownIterations - 1);
  return Array.from({ length: shownIterations }, (_, k) => items[Math.round(k * step)]);
}
