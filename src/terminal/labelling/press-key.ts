import { editFamily } from './edit-family.js';
import { followIntent } from './follow-intent.js';
import { pageOf } from './frame.js';
import type { Key } from './key-decoder.js';
import { firstLine } from './pasted-line.js';
import { type FeatureOrder, featureOrders, isTooSmall, type Pane, type Screen, type ScreenStep } from './screen.js';
import { currentQuery, type Intent, openQueries, type SeatStep } from './seat.js';

/** The screen after a key. */
export function pressKey(screen: Screen, key: Key, at: number): ScreenStep {
  if (key.name === 'ctrl-c') return { screen, calls: [{ call: 'quit', how: 'interrupted' }] };
  if (key.name === 'ctrl-z') return { screen, calls: [{ call: 'suspend' }] };
  if (key.name === 'ctrl-l') return { screen, calls: [{ call: 'redraw' }] };
  if (isTooSmall(screen.size)) {
    return { screen, calls: isLetter(key, 'q') ? [{ call: 'quit', how: 'quit' }] : [] };
  }
  const { pane } = screen;
  if (pane.pane === 'family') return editFamily(screen, pane, key, at);
  if (pane.pane === 'details' && pane.typing) return typeSearch(screen, pane, key);
  if (key.name === 'paste') return tell(screen, 'a pasted text is no answer: it was ignored');
  return scrolled(screen, key) ?? inPane(screen, key) ?? question(screen, key, at);
}

/** What the person wants of the seat, with the panes as they are. */
export function intend(screen: Screen, intent: Intent): ScreenStep {
  const { seat, calls }: SeatStep = followIntent(screen.seat, intent);
  return { screen: { ...screen, seat }, calls };
}

function tell(screen: Screen, text: string): ScreenStep {
  return intend(screen, { do: 'tell', message: { text, tone: 'note' } });
}

function isLetter(key: Key, letter: string): boolean {
  return key.name === 'text' && key.text === letter;
}

/** The screen with another pane, at its top. */
function withPane(screen: Screen, pane: Pane): ScreenStep {
  return intend({ ...screen, pane, scroll: 0 }, { do: 'tell', message: null });
}

/** Closes what covers the question; near-duplicates that are no longer shown are not settled. */
function closed(screen: Screen): ScreenStep {
  return intend({ ...screen, pane: { pane: 'none' }, scroll: 0 }, { do: 'settle-alike', on: false });
}

/** Keys that move the list on the screen. */
function scrolled(screen: Screen, key: Key): ScreenStep | undefined {
  const page = Math.max(1, pageOf(screen) - 1);
  const paging = screen.pane.pane === 'details' || screen.pane.pane === 'original' || screen.pane.pane === 'help';
  const moves: Readonly<Record<string, number>> = {
    up: -1,
    down: 1,
    'page-up': -page,
    'page-down': page,
    home: -Infinity,
    end: Number.MAX_SAFE_INTEGER,
  };
  const by = paging && isLetter(key, ' ') ? page : moves[key.name];
  return by === undefined ? undefined : { screen: { ...screen, scroll: screen.scroll + by }, calls: [] };
}

/** Keys that mean something else in a pane than before the question; undefined for the others. */
function inPane(screen: Screen, key: Key): ScreenStep | undefined {
  const { pane } = screen;
  if (pane.pane === 'none') return undefined;
  if (key.name === 'escape') return closed(screen);
  if (pane.pane === 'help') return closed(screen);
  if (pane.pane === 'unanswered') {
    const agreed = key.name === 'enter' || isLetter(key, 'y') || isLetter(key, 'N');
    return agreed ? intend(closed(screen).screen, { do: 'next-iteration' }) : closed(screen);
  }
  if (pane.pane === 'alike') return isLetter(key, 'D') || isLetter(key, 'q') ? closed(screen) : undefined;
  if (key.name === 'enter' || isLetter(key, 'q')) return closed(screen);
  if (pane.pane === 'original') return isLetter(key, 'i') ? closed(screen) : undefined;
  if (pane.pane !== 'details') return undefined;
  if (isLetter(key, 'd')) return closed(screen);
  if (isLetter(key, '/')) return { screen: { ...screen, pane: { ...pane, typing: true }, scroll: 0 }, calls: [] };
  if (isLetter(key, 'o'))
    return { screen: { ...screen, pane: { ...pane, order: after(pane.order) }, scroll: 0 }, calls: [] };
  return undefined;
}

function after(order: FeatureOrder): FeatureOrder {
  return featureOrders[(featureOrders.indexOf(order) + 1) % featureOrders.length];
}

function typeSearch(screen: Screen, pane: Extract<Pane, { pane: 'details' }>, key: Key): ScreenStep {
  const searched = (search: string, typing = true): ScreenStep => ({
    screen: { ...screen, pane: { ...pane, search, typing }, scroll: 0 },
    calls: [],
  });
  if (key.name === 'text') return searched(pane.search + key.text);
  if (key.name === 'paste') return searched(pane.search + firstLine(key.text));
  if (key.name === 'backspace') return searched(Array.from(pane.search).slice(0, -1).join(''));
  if (key.name === 'ctrl-u') return searched('');
  if (key.name === 'enter') return searched(pane.search, false);
  if (key.name === 'escape') return searched('', false);
  return scrolled(screen, key) ?? { screen, calls: [] };
}

/** Keys that answer, or go elsewhere. */
function question(screen: Screen, key: Key, at: number): ScreenStep {
  if (key.name === 'enter') return intend(screen, { do: 'accept', at });
  if (key.name === 'left') return intend(screen, { do: 'step', by: -1, at });
  if (key.name === 'right') return intend(screen, { do: 'step', by: 1, at });
  if (key.name === 'tab') return intend(screen, { do: 'next-open', at });
  if (key.name !== 'text') return { screen, calls: [] };
  if (/^[1-9]$/.test(key.text)) return pickFamily(screen, Number(key.text), at);
  switch (meantBy(key.text)) {
    case ' ':
      return intend(screen, { do: 'accept', at });
    case 'm':
      return intend(screen, { do: 'give', given: { label: 'malicious', family: null }, at });
    case 'b':
      return intend(screen, { do: 'give', given: { label: 'benign', family: null }, at });
    case 'f':
      return onQuery(screen, { pane: 'family', typed: '', chosen: 0 });
    case 'u':
      return intend(screen, { do: 'undo' });
    case 's':
      return intend(screen, { do: 'pass', how: 'skipped' });
    case '?':
      return intend(screen, { do: 'pass', how: 'unsure' });
    case 'n':
      return intend(screen, { do: 'step', by: 1, at });
    case 'p':
      return intend(screen, { do: 'step', by: -1, at });
    case 'd':
      return onQuery(screen, { pane: 'details', search: '', typing: false, order: 'unusual' });
    case 'D':
      return showAlike(screen);
    case 'i':
      return showOriginal(screen);
    case 'N':
      return leave(screen);
    case 'h':
      return withPane(screen, { pane: 'help' });
    case 'q':
      return { screen, calls: [{ call: 'quit', how: 'quit' }] };
    default:
      return tell(screen, 'this key means nothing here: h lists the keys');
  }
}

/** The key that was meant: Shift or Caps Lock make no difference but where two keys differ by it. */
function meantBy(character: string): string {
  return 'MBFUSPIHQ'.includes(character) ? character.toLowerCase() : character;
}

function pickFamily(screen: Screen, digit: number, at: number): ScreenStep {
  const family = screen.seat.quickPicks[digit - 1];
  if (!family) return tell(screen, `no family has the key ${digit} yet: f names one`);
  return intend(screen, { do: 'give', given: { label: family.label, family: family.family }, at });
}

/** A pane about the current query. */
function onQuery(screen: Screen, pane: Pane): ScreenStep {
  return currentQuery(screen.seat) ? withPane(screen, pane) : tell(screen, 'there is no question to answer now');
}

function showAlike(screen: Screen): ScreenStep {
  const step = intend(screen, { do: 'settle-alike', on: true });
  return step.screen.seat.alike ? { ...step, screen: { ...step.screen, pane: { pane: 'alike' }, scroll: 0 } } : step;
}

function showOriginal(screen: Screen): ScreenStep {
  if (!screen.hasOriginal) return tell(screen, 'this project has no original texts of its instances');
  const { current } = screen.seat;
  if (current === null) return tell(screen, 'there is no question to answer now');
  const { screen: shown } = withPane(screen, { pane: 'original', n: current, text: null });
  return { screen: shown, calls: [{ call: 'original', n: current }] };
}

/** To the next iteration; queries without an answer are named first. */
function leave(screen: Screen): ScreenStep {
  const { seat } = screen;
  const left = seat.view.phase === 'asking' && !seat.leaving && openQueries(seat).length > 0;
  return left ? withPane(screen, { pane: 'unanswered' }) : intend(screen, { do: 'next-iteration' });
}
