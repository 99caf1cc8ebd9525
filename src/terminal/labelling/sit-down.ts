import type { LoopView } from '../../schema/labelling.js';
import { askAhead } from './ask-ahead.js';
import { goTo, nextQuestion } from './next-question.js';
import { assignQuickPicks } from './quick-picks.js';
import type { Seat, SeatStep } from './seat.js';

/** A seat at a loop at the moment a person takes it: before the first open query, if there is one. */
export function sitDown(view: LoopView, at: number): SeatStep {
  const seat: Seat = {
    view,
    queries: new Map(view.queries.map((query) => [query.n, query])),
    current: null,
    alike: false,
    sight: { seen: 0, before: 0, at },
    details: new Map(),
    asked: new Map(),
    families: [],
    quickPicks: assignQuickPicks([], [], true),
    writing: new Map(),
    again: [],
    undoing: 0,
    leaving: false,
    message: null,
    answers: 0,
  };
  return askAhead({ seat: goTo(seat, nextQuestion(seat), at), calls: [{ call: 'families' }] });
}
