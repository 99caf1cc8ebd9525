import { counted, printable } from '../../errors.js';
import type { LoopQuery, LoopView } from '../../schema/labelling.js';
import { answerWords, authorWords } from './answer-words.js';
import { askAhead } from './ask-ahead.js';
import { goTo, nextQuestion } from './next-question.js';
import { assignQuickPicks } from './quick-picks.js';
import {
  lastEvent,
  type Message,
  queryWords,
  type Seat,
  type SeatStep,
  type SessionCall,
  type SessionEvent,
} from './seat.js';

type Came<K extends SessionEvent['came']> = Extract<SessionEvent, { came: K }>;

/** The seat after something came from the session, and what the session is to be asked now. */
export function hearSession(seat: Seat, event: SessionEvent): SeatStep {
  switch (event.came) {
    case 'view':
      return askAhead(heardView(seat, event.view, event.at));
    case 'details':
      return askAhead({ seat: heardDetails(seat, event), calls: [] });
    case 'families':
      return {
        seat: {
          ...seat,
          families: event.families,
          quickPicks: assignQuickPicks(seat.quickPicks, event.families, false),
        },
        calls: [],
      };
    case 'answered':
      return askAhead(heardAnswer(seat, event));
    case 'passed': {
      const done = settled(seat, event.n, { state: event.how });
      return askAhead({
        seat: { ...done, message: note(`${queryWords(seat, event.n)} ${event.how}: kept`) },
        calls: [],
      });
    }
    case 'undone':
      return askAhead(heardUndone(seat, event));
    case 'moved-on':
      // Written down; the next iteration comes as a view.
      return { seat, calls: [] };
    case 'failed':
      return askAhead({ seat: heardFailure(seat, event), calls: [] });
  }
}

function heardView(seat: Seat, view: LoopView, at: number): SeatStep {
  const queries = new Map(seat.queries);
  for (const query of view.queries) queries.set(query.n, query);
  const another = view.iteration !== seat.view.iteration;
  const quickPicks = another ? assignQuickPicks(seat.quickPicks, seat.families, true) : seat.quickPicks;
  let next: Seat = {
    ...seat,
    view,
    queries,
    quickPicks,
    leaving: seat.leaving && !another && view.phase !== 'finished',
  };
  // Families that others named, too, are there to be chosen.
  const named = view.counts.families.all !== seat.view.counts.families.all;
  const calls: SessionCall[] = another || named ? [{ call: 'families' }] : [];
  const warning = view.warnings.find((text) => !seat.view.warnings.includes(text));
  if (warning !== undefined) next = { ...next, message: note(printable(warning)) };
  // Whether going on pays is said once an iteration.
  else if (another && view.advice.length > 0) next = { ...next, message: note(printable(view.advice[0])) };
  const { current } = next;
  // Whoever asked for the next iteration wants to be there.
  if (current === null || (another && seat.leaving)) return { seat: goTo(next, nextQuestion(next), at), calls };
  next = withSight(next, current, at);
  const answer = queries.get(current)?.answer;
  const before = seat.queries.get(current)?.answer;
  // Our own answers are told when their reply comes.
  if (answer && answer.n !== before?.n && !seat.writing.has(current)) {
    next = { ...next, message: note(`${authorWords(answer.author)} answered this one: ${answerWords(answer)}`) };
  } else if (another) {
    next = { ...next, message: note(`iteration ${view.iteration} has begun; this query is of an earlier one`) };
  }
  return { seat: next, calls };
}

/** Remembers when another event about the current query came to be shown. */
function withSight(seat: Seat, n: number, at: number): Seat {
  const seen = lastEvent(seat, n);
  if (n !== seat.current || seen === seat.sight.seen) return seat;
  return { ...seat, sight: { seen, before: seat.sight.seen, at } };
}

function heardDetails(seat: Seat, { n, details, at }: Came<'details'>): Seat {
  const first = !seat.details.has(n);
  const all = new Map(seat.details);
  // The one that came last is the last to be dropped.
  all.delete(n);
  const next = withSight({ ...seat, details: all.set(n, details) }, n, at);
  // The history belongs to what was there to be seen from the start.
  return first && n === seat.current ? { ...next, sight: { ...next.sight, before: next.sight.seen } } : next;
}

/** One action about query `n` is on the disk. */
function settled(seat: Seat, n: number, change: Partial<LoopQuery> | null): Seat {
  const writing = new Map(seat.writing);
  const left = (writing.get(n) ?? 0) - 1;
  if (left > 0) writing.set(n, left);
  else writing.delete(n);
  const query = seat.queries.get(n);
  if (!query || !change) return { ...seat, writing };
  const changed = { ...query, ...change };
  const queries = new Map(seat.queries).set(n, changed);
  const view = { ...seat.view, queries: seat.view.queries.map((other) => (other.n === n ? changed : other)) };
  return { ...seat, writing, queries, view };
}

function heardAnswer(seat: Seat, { n, reply, at }: Came<'answered'>): SeatStep {
  const { event, overtook, duplicates, warning } = reply;
  const name = queryWords(seat, n);
  const answer = event.label && { label: event.label, family: event.family, n: event.n, author: event.author };
  let next = settled(seat, n, answer ? { state: 'answered', answer } : null);
  const more = duplicates > 0 ? `, and ${counted(duplicates, 'other')} like it` : '';
  let message: Message = note(`${name} ${answerWords(event)}${more}: kept`);
  if (warning !== null) message = { text: printable(warning), tone: 'alert' };
  if (overtook) {
    const again = { n, why: 'overtaken', other: overtook, own: event } as const;
    next = { ...next, again: [...next.again.filter((other) => other.n !== n), again] };
    message = {
      text: `${name}: ${authorWords(overtook.author)} answered it too (${answerWords(overtook)}); it is asked again next`,
      tone: 'alert',
    };
  }
  next = { ...next, answers: next.answers + 1, message };
  if (next.current === n) next = withSight(next, n, 0);
  if (next.current === null) next = { ...goTo(next, nextQuestion(next), at), message };
  return { seat: next, calls: [{ call: 'families' }] };
}

function heardUndone(seat: Seat, { n, at }: Came<'undone'>): SeatStep {
  const next = { ...seat, undoing: Math.max(0, seat.undoing - 1) };
  if (n === null) return { seat: { ...next, message: note('there is nothing more to take back') }, calls: [] };
  const families: SessionCall[] = [{ call: 'families' }];
  const again = next.again.filter((other) => other.n !== n);
  if (!next.queries.has(n)) {
    return {
      seat: { ...next, again, message: note(`taken back: ${queryWords(next, n)}`) },
      calls: families,
    };
  }
  const asked = new Map(next.asked);
  asked.delete(n);
  const shown = goTo({ ...next, again, asked }, n, at);
  return { seat: { ...shown, message: note(`taken back: ${queryWords(next, n)}`) }, calls: families };
}

function heardFailure(seat: Seat, { action, n, why }: Came<'failed'>): Seat {
  const alert = (text: string): Message => ({ text, tone: 'alert' });
  switch (action) {
    case 'answer':
    case 'pass': {
      if (n === null) return seat;
      const left = settled(seat, n, null);
      const again = [...left.again.filter((other) => other.n !== n), { n, why: 'failed' } as const];
      const next = { ...left, again, message: alert(`${queryWords(seat, n)} was NOT kept: ${why}`) };
      return next.current === null ? { ...goTo(next, n, next.sight.at), message: next.message } : next;
    }
    case 'undo':
      return { ...seat, undoing: Math.max(0, seat.undoing - 1), message: alert(`nothing was taken back: ${why}`) };
    case 'next-iteration':
      return { ...seat, leaving: false, message: alert(why) };
    default:
      return { ...seat, message: alert(why) };
  }
}

function note(text: string): Message {
  return { text, tone: 'note' };
}
