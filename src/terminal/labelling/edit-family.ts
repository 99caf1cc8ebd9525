import { type FamilyChoice, familyChoices } from './family-matches.js';
import { followIntent } from './follow-intent.js';
import type { Key } from './key-decoder.js';
import type { Pane, Screen, ScreenStep } from './screen.js';
import { currentQuery, labelNow, type Seat } from './seat.js';
import { firstLine } from './pasted-line.js';

type FamilyPane = Extract<Pane, { pane: 'family' }>;

/** What the family picker lists for what is typed. */
export function choicesFor(seat: Seat, typed: string): readonly FamilyChoice[] {
  const query = currentQuery(seat);
  const likely = query ? (query.suggestion ?? labelNow(seat, query.n)) : null;
  return familyChoices(typed, seat.families, likely);
}

/** The family picker after a key: typing narrows, the arrows choose, Enter answers. */
export function editFamily(screen: Screen, pane: FamilyPane, key: Key, at: number): ScreenStep {
  const { typed, chosen } = pane;
  const edited = (text: string): ScreenStep => show({ ...pane, typed: text, chosen: 0 });
  const show = (next: FamilyPane): ScreenStep => ({
    screen: { ...screen, pane: next, scroll: next.chosen },
    calls: [],
  });
  const choices = choicesFor(screen.seat, typed);
  const move = (by: number): ScreenStep =>
    show({ ...pane, chosen: Math.max(0, Math.min(choices.length - 1, chosen + by)) });
  switch (key.name) {
    case 'text':
      return edited(typed + key.text);
    case 'paste':
      return edited(typed + firstLine(key.text));
    case 'backspace':
      return edited(Array.from(typed).slice(0, -1).join(''));
    case 'ctrl-u':
      return edited('');
    case 'down':
    case 'tab':
      return move(1);
    case 'up':
      return move(-1);
    case 'page-down':
      return move(10);
    case 'page-up':
      return move(-10);
    case 'escape':
      return {
        screen: { ...screen, pane: screen.seat.alike ? { pane: 'alike' } : { pane: 'none' }, scroll: 0 },
        calls: [],
      };
    case 'enter': {
      const choice = choices[Math.min(chosen, choices.length - 1)];
      if (!choice) return { screen, calls: [] };
      const given = { label: choice.label, family: choice.family };
      const { seat, calls } = followIntent(screen.seat, { do: 'give', given, at });
      return { screen: { ...screen, seat, pane: { pane: 'none' }, scroll: 0 }, calls };
    }
    default:
      return { screen, calls: [] };
  }
}
