import { useEffect, useRef } from 'preact/hooks';
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
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    if (list.current) showCurrent(list.current);
  }, [current]);

  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  return (
    <nav aria-label="Queries of this iteration" class="query-list" ref={list}>
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

/** Scrolls the current query into the middle of the side panel, where that scrolls by itself; the page stays. */
function showCurrent(list: HTMLElement): void {
  const frame = list.parentElement;
  const item = list.querySelector('[aria-current]');
  if (!frame || !item || frame.scrollHeight <= frame.clientHeight) return;
  const [around, own] = [frame.getBoundingClientRect(), item.getBoundingClientRect()];
  if (own.top >= around.top && own.bottom <= around.bottom) return;
  frame.scrollTop += own.top - around.top - (around.height - own.height) / 2;
}
