import type { LabelEvent } from '../schema/label-event.js';
import type { LabelAnswer } from '../workspace/labels/label-store.js';

const undoWord = ':undo:';

/**
 * The events of a person's last answer at a loop that can be taken back: it was not yet, and nothing else has been said
 * of the instance since. Of instances settled together all of them, as they were written at once; empty for none.
 * @param source of the loop's events
 */
export function lastAnswers(
  events: readonly LabelEvent[],
  source: string,
  author: string | null,
  areAlike: (oneId: string, otherId: string) => boolean,
): LabelEvent[] {
  const standing = standingEvents(events, source);
  const isOpen = (event: LabelEvent): boolean =>
    event.author === author && event.source === source && standing.get(event.instance_id)?.at(-1) === event;
  const end = events.findLastIndex(isOpen);
  if (end === -1) return [];
  const last = events[end];
  const isTogether = (event: LabelEvent): boolean =>
    isOpen(event) && event.at === last.at && areAlike(event.instance_id, last.instance_id);
  let first = end;
  while (first > 0 && isTogether(events[first - 1])) first--;
  return events.slice(first, end + 1);
}

/** By instance, what was said of it without what was taken back. */
function standingEvents(events: readonly LabelEvent[], source: string): Map<string, LabelEvent[]> {
  const prefix = `${source}${undoWord}`;
  const standing = new Map<string, LabelEvent[]>();
  for (const event of events) {
    const said = standing.get(event.instance_id) ?? [];
    standing.set(event.instance_id, said);
    const undone = event.source?.startsWith(prefix) ? Number(event.source.slice(prefix.length)) : null;
    if (undone !== null && said.at(-1)?.n === undone) said.pop();
    else said.push(event);
  }
  return standing;
}

/** The answers that take events of one person back: what held before them holds again. */
export function takingBack(events: readonly LabelEvent[], source: string): LabelAnswer[] {
  return events.map(({ n, instance_id: instanceId, ident, previous, author, iteration }) => {
    const label = previous?.label ?? null;
    const family = previous?.family ?? null;
    return { instanceId, ident, label, family, author, source: `${source}${undoWord}${n}`, iteration };
  });
}
