import type { ExperimentPage } from '../../../src/schema/api/experiments.js';
import { useSource } from '../app/context.js';
import { Badge, StateBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { PageLabelSet } from '../labels/page-label-set.js';
import { figureKind, partTitle, splitHeadlineName } from '../text/headline-names.js';
import { kindTitle } from '../text/kind-titles.js';
import { formatCount, formatMoment, formatSeconds } from '../text/numbers.js';

const formats = [
  { format: 'html', title: 'HTML', hint: 'One file to mail: opens from disk, offline' },
  { format: 'json', title: 'JSON', hint: 'The whole document with every panel and prediction' },
  { format: 'csv', title: 'CSV', hint: 'All rows: predictions, or features of statistics' },
] as const;

/** Which experiment this is, what stands for it, and how to take it away. */
export function ExperimentHead({ page }: { readonly page: ExperimentPage }) {
  const source = useSource();
  const { summary, document } = page;
  const model = document?.settings.model;
  return (
    <div class="experiment-head">
      <div class="experiment-title">
        <h1>
          {summary.name === null ? (
            <>
              {sentenceCase(kindTitle(summary.kind))} of <DataText text={summary.dataset} max={60} />
            </>
          ) : (
            <DataText text={summary.name} max={120} expandable />
          )}
        </h1>
        {summary.name !== null && <Badge>{kindTitle(summary.kind)}</Badge>}
        {typeof model === 'string' && <Badge>{model}</Badge>}
        {summary.state !== 'done' && <StateBadge state={summary.state} />}
      </div>
      <p class="experiment-facts muted">
        <span>
          <DataText text={summary.project} max={40} /> / <DataText text={summary.dataset} max={60} />
        </span>
        {document !== null && (
          <span>
            {formatCount(document.dataset.rows)} instances × {formatCount(document.dataset.columns)} features
          </span>
        )}
        <time dateTime={summary.started}>{formatMoment(summary.started)}</time>
        {summary.seconds !== null && <span>took {formatSeconds(summary.seconds)}</span>}
        {document !== null && <span>seed {String(document.settings.seed ?? '–')}</span>}
        <span class="mono">{summary.id}</span>
      </p>
      <ul class="experiment-figures" aria-label="Headline">
        {summary.figures.map(({ name, value }) => {
          const { part, figure } = splitHeadlineName(name);
          const { title, format } = figureKind(figure);
          return (
            <li key={name}>
              <span class="muted">
                {title}
                {part !== null && (
                  <>
                    , <DataText text={partTitle(part)} max={24} />
                  </>
                )}
              </span>{' '}
              <strong>{format(value)}</strong>
            </li>
          );
        })}
      </ul>
      {source.live && <PageLabelSet project={summary.project} dataset={summary.dataset} />}
      {document !== null && source.download(summary.id, 'json') !== null && (
        <p class="downloads">
          <span class="muted">Download</span>
          {formats.map(({ format, title, hint }) => (
            <a key={format} href={source.download(summary.id, format) ?? ''} download title={hint}>
              {title}
            </a>
          ))}
        </p>
      )}
    </div>
  );
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
