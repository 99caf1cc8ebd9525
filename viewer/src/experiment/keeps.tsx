import type { ExperimentPage } from '../../../src/schema/api/experiments.js';
import { DataText } from '../components/data-text.js';
import { Notice } from '../components/notice.js';

/** What a single-file report had to leave out to stay small. */
export function Keeps({ page }: { readonly page: ExperimentPage }) {
  const { keeps = [] } = page;
  if (keeps.length === 0) return null;
  return (
    <Notice kind="information" title="This file stays small">
      <p>
        It keeps <DataText text={keeps.join('; ')} max={2000} />. Every figure is that of the whole result; “secuml
        serve” shows the rest.
      </p>
    </Notice>
  );
}
