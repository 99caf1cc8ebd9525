import { useEffect, useRef, useState } from 'preact/hooks';
import { type LoadRows, RowPages } from './row-pages.js';

/** A slider asks another question every frame: only the one it rests on is put to the source. */
const restMilliseconds = 90;

/**
 * The pages of the question that `question` names. While a new question is on its way the old rows stay on show, and
 * `stale` says so.
 */
export function useRowPages<Row>(load: LoadRows<Row>, question: string): { pages: RowPages<Row>; stale: boolean } {
  const [, redraw] = useState(0);
  const changed = (): void => redraw((count) => count + 1);
  const ask = useRef(load);
  ask.current = load;
  const make = (): RowPages<Row> => {
    // The question as it is now: `load` of a later drawing belongs to another one.
    const mine = ask.current;
    return new RowPages(mine, changed);
  };
  const shown = useRef<{ question: string; pages: RowPages<Row> } | null>(null);
  shown.current ??= { question, pages: make() };
  useEffect(() => {
    if (shown.current?.question === question) return;
    let overtaken = false;
    const timer = setTimeout(() => {
      const pages: RowPages<Row> = new RowPages(ask.current, () => {
        if (overtaken) return;
        // The first answer brings the new rows on show.
        if (shown.current?.question !== question) shown.current = { question, pages };
        changed();
      });
      pages.want(0, 1);
    }, restMilliseconds);
    return () => {
      // Once on show, the pages go on being filled until another question replaces them.
      if (shown.current?.question !== question) overtaken = true;
      clearTimeout(timer);
    };
  }, [question]);
  return { pages: shown.current.pages, stale: shown.current.question !== question };
}
