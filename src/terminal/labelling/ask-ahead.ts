import { detailsOf, lastEvent, openQueries, type Seat, type SeatStep, type SessionCall } from './seat.js';

/** Open queries after the current one whose details are asked for, so that they are there when their turn comes. */
const ahead = 3;

/** Queries whose details are kept, and features in all of them: those of a wide dataset are large. */
const kept = { queries: 24, features: 200_000 };

/**
 * Adds the calls for the details that are missing or out of date: of the current query and of the next open ones.
 * Each is asked for once as long as nobody answers it.
 */
export function askAhead({ seat, calls }: SeatStep): SeatStep {
  const open = openQueries(seat).map(({ n }) => n);
  const from = seat.current === null ? -1 : open.findIndex((n) => n > (seat.current ?? 0));
  const next = [...(from < 0 ? [] : open.slice(from)), ...open].slice(0, ahead);
  const wanted = [...new Set([...(seat.current === null ? [] : [seat.current]), ...next])];
  const asked = new Map(seat.asked);
  const more: SessionCall[] = [];
  for (const n of wanted) {
    const known = lastEvent(seat, n);
    if ((asked.get(n) ?? -1) >= known) continue;
    asked.set(n, known);
    more.push({ call: 'details', n });
  }
  const details = new Map(seat.details);
  let features = [...details.keys()].reduce((sum, n) => sum + featuresOf(seat, n), 0);
  for (const n of seat.details.keys()) {
    if (details.size <= kept.queries && features <= kept.features) break;
    if (wanted.includes(n)) continue;
    features -= featuresOf(seat, n);
    details.delete(n);
    asked.delete(n);
  }
  return { seat: { ...seat, asked, details }, calls: [...calls, ...more] };
}

function featuresOf(seat: Seat, n: number): number {
  return detailsOf(seat, n)?.features.length ?? 0;
}
