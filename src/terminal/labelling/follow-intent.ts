import type { GivenLabel } from '../../schema/labelling.js';
import { askAhead } from './ask-ahead.js';
import { goTo, neighbour, nextQuestion } from './next-question.js';
import {
  askedAgain,
  currentQuery,
  type Intent,
  labelNow,
  queryWords,
  type Message,
  type Seat,
  type SeatStep,
} from './seat.js';
import { answerWords } from './answer-words.js';

/** Milliseconds that something must have stood on the screen before the person is taken to have seen it. */
const perception = 300;

/** The seat after a person said what they want, and what the session is to be asked. */
export function followIntent(seat: Seat, intent: Intent): SeatStep {
  const fresh = { ...seat, message: null };
  switch (intent.do) {
    case 'accept':
      return accept(fresh, intent.at);
    case 'give':
      return give(fresh, intent.given, intent.at);
    case 'pass':
      return pass(fresh, intent.how);
    case 'undo':
      return { seat: { ...fresh, undoing: seat.undoing + 1 }, calls: [{ call: 'undo' }] };
    case 'step':
      return step(fresh, intent.by, intent.at);
    case 'next-open':
      return nextOpen(fresh, intent.at);
    case 'settle-alike':
      return settleAlike(fresh, intent.on);
    case 'next-iteration':
      return leaveIteration(fresh);
    case 'tell':
      return { seat: { ...seat, message: intent.message }, calls: [] };
  }
}

function accept(seat: Seat, at: number): SeatStep {
  const query = currentQuery(seat);
  if (!query) return told(seat, 'there is no question to answer now');
  const again = askedAgain(seat);
  if (again?.why === 'overtaken' && !seat.alike) {
    const rest = { ...seat, again: seat.again.filter((other) => other !== again) };
    return onwards(rest, at, note(`${queryWords(seat, query.n)} stays ${answerWords(again.own)}`));
  }
  const label = labelNow(seat, query.n);
  if (query.state === 'answered' && label) return seat.alike ? give(seat, label, at) : onwards(seat, at, null);
  if (query.suggestion?.confidence === 'high') return give(seat, query.suggestion, at);
  return told(
    seat,
    query.suggestion ? 'the guess is not sure: choose yourself' : 'there is no suggestion: choose yourself',
  );
}

function give(seat: Seat, { label, family }: GivenLabel, at: number): SeatStep {
  const query = currentQuery(seat);
  if (!query) return told(seat, 'there is no question to answer now');
  const { n } = query;
  const seen = at - seat.sight.at < perception ? seat.sight.before : seat.sight.seen;
  const left = {
    ...seat,
    writing: new Map(seat.writing).set(n, (seat.writing.get(n) ?? 0) + 1),
    again: seat.again.filter((other) => other.n !== n),
  };
  const { seat: moved, calls } = onwards(left, at, null);
  const answer = { call: 'answer', n, given: { label, family }, seen, withDuplicates: seat.alike } as const;
  return { seat: moved, calls: [answer, ...calls] };
}

function pass(seat: Seat, how: 'skipped' | 'unsure'): SeatStep {
  const query = currentQuery(seat);
  if (!query) return told(seat, 'there is no question to answer now');
  const { n } = query;
  const left = {
    ...seat,
    writing: new Map(seat.writing).set(n, (seat.writing.get(n) ?? 0) + 1),
    again: seat.again.filter((other) => other.n !== n),
  };
  const { seat: moved, calls } = onwards(left, seat.sight.at, null);
  return { seat: moved, calls: [{ call: 'pass', n, how }, ...calls] };
}

/** On to the next question. */
function onwards(seat: Seat, at: number, message: Message | null): SeatStep {
  return askAhead({ seat: { ...goTo(seat, nextQuestion(seat), at), message }, calls: [] });
}

function step(seat: Seat, by: 1 | -1, at: number): SeatStep {
  const n = neighbour(seat, by);
  if (n !== null) return askAhead({ seat: goTo(seat, n, at), calls: [] });
  if (by < 0) return told(seat, 'this is the first query of this sitting');
  const open = nextQuestion({ ...seat, current: null });
  if (open !== null && open !== seat.current) return askAhead({ seat: goTo(seat, open, at), calls: [] });
  if (open === null) return { seat: goTo(seat, null, at), calls: [] };
  return told(seat, 'this is the last query, and the only one without an answer');
}

function nextOpen(seat: Seat, at: number): SeatStep {
  const n = nextQuestion(seat);
  const here = currentQuery(seat)?.state === 'open';
  return n === seat.current || (n === null && here) ? told(seat, 'no other question is open') : onwards(seat, at, null);
}

function settleAlike(seat: Seat, on: boolean): SeatStep {
  const query = currentQuery(seat);
  if (on && !query?.duplicates) return told(seat, 'no other instance without an answer is like this one');
  return { seat: { ...seat, alike: on }, calls: [] };
}

function leaveIteration(seat: Seat): SeatStep {
  if (seat.leaving) return told(seat, 'the next iteration has been asked for already');
  if (seat.view.phase !== 'asking') return told(seat, notAsking[seat.view.phase]);
  return { seat: { ...seat, leaving: true }, calls: [{ call: 'next-iteration' }] };
}

const notAsking = {
  computing: 'this iteration is still being computed',
  elsewhere: 'this iteration is still being computed, by another process',
  finished: 'the loop is finished: there is no next iteration',
} as const;

function told(seat: Seat, text: string): SeatStep {
  return { seat: { ...seat, message: note(text) }, calls: [] };
}

function note(text: string): Message {
  return { text, tone: 'note' };
}
