import { lastEvent, openQueries, type Seat } from './seat.js';

/** The query to show next: one that is asked again, else the first open one after the current, else from the start. */
export function nextQuestion(seat: Seat): number | null {
  const again = seat.again.find(({ n }) => n !== seat.current) ?? seat.again[0];
  if (again) return again.n;
  const open = openQueries(seat);
  const after = open.find(({ n }) => seat.current !== null && n > seat.current);
  return (after ?? open[0])?.n ?? null;
}

/** The seat before query `n`. */
export function goTo(seat: Seat, n: number | null, at: number): Seat {
  const seen = n === null ? 0 : lastEvent(seat, n);
  const details = new Map(seat.details);
  // What could not be read is tried again when somebody comes back to it.
  if (n !== null && typeof details.get(n) === 'string') details.delete(n);
  const asked = new Map(seat.asked);
  if (n !== null && !details.has(n)) asked.delete(n);
  return { ...seat, current: n, alike: false, sight: { seen, before: seen, at }, details, asked };
}

/** The query before or after the current one, those of earlier iterations included; null at either end. */
export function neighbour(seat: Seat, by: 1 | -1): number | null {
  const numbers = [...seat.queries.keys()].sort((a, b) => a - b);
  if (seat.current === null) return by < 0 ? (numbers.at(-1) ?? null) : nextQuestion(seat);
  const place = numbers.indexOf(seat.current) + by;
  return numbers[place] ?? null;
}
