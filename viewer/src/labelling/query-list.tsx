import type { LoopQuery } from '../../../src/schema/labelling.js';
import { DataText } from '../components/data-text.js';
import { formatCount } from '../text/numbers.js';

const shapes: Record<LoopQuery['state'], string> = { open: '○', answered: '✓', skipped: '–', unsure: '?' };

export interface QueryListProps {
  readonly queries: readonly LoopQuery[];
  readonly current: number | null;
  readonly onChoose: (n: number) => void;
}

/** The queries of an iteration by what they are asked for, with what has become of each. */
export function QueryList({ queries, current, onChoose }: QueryListProps) {
  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  return (
    <nav aria-label="Queries of this iteration" class="query-list">
      {kinds.map((kind) => {
        const own = queries.filter((query) => query.kind === kind);
        const open = own.filter(({ state }) => state === 'open').length;
        return (
          <section key={kind}>
            <h3>
              {kind} <span class="quiet-text">{open === 0 ? 'done' : `${formatCount(open)} open`}</span>
            </h3>
            <ul>
              {own.map(({ n, ident, state, answer }) => (
                <li key={n}>
                  <button
                    type="button"
                    class={`query-item ${state}`}
                    aria-current={n === current ? 'true' : undefined}
                    onClick={() => onChoose(n)}
                  >
                    <span aria-hidden="true">{shapes[state]}</span>
                    <span class="visually-hidden">{state}</span>
                    <DataText text={ident} max={28} />
                    {answer && <span class={`query-answer ${answer.label}`}>{answer.label}</span>}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
