import type { LoopView } from '../../schema/labelling.js';
import { scrollRange } from './frame.js';
import { hearSession } from './hear-session.js';
import { pressKey } from './press-key.js';
import type { ScreenCall, Screen, ScreenEvent, ScreenStep } from './screen.js';
import { sitDown } from './sit-down.js';

/** Keys that are kept while an action is being taken back. */
const mostTypedAhead = 1000;

/** The labelling screen at its beginning. */
export function openScreen(
  view: LoopView,
  able: Pick<Screen, 'size' | 'unicode' | 'hasOriginal'>,
  at: number,
): ScreenStep {
  const { seat, calls } = sitDown(view, at);
  return { screen: { ...able, seat, pane: { pane: 'none' }, scroll: 0, typedAhead: [] }, calls };
}

/** The screen after an event, and what is to be done. Nothing is done here: no clock, no terminal, no session. */
export function reduceScreen(screen: Screen, event: ScreenEvent): ScreenStep {
  switch (event.came) {
    case 'key':
      return settle(
        screen,
        waitsForUndo(screen, event) ? typeAhead(screen, event) : pressKey(screen, event.key, event.at),
      );
    case 'resized':
      return settle(screen, { screen: { ...screen, size: event.size }, calls: [] });
    case 'original': {
      const { pane } = screen;
      const wanted = pane.pane === 'original' && pane.n === event.n;
      return settle(screen, {
        screen: wanted ? { ...screen, pane: { ...pane, text: event.original } } : screen,
        calls: [],
      });
    }
    default: {
      const { seat, calls } = hearSession(screen.seat, event);
      const heard = settle(screen, { screen: { ...screen, seat }, calls });
      return 'at' in event ? catchUp(heard, event.at) : heard;
    }
  }
}

type KeyEvent = Extract<ScreenEvent, { came: 'key' }>;

function waitsForUndo(screen: Screen, { key }: KeyEvent): boolean {
  if (screen.seat.undoing === 0 || key.name === 'ctrl-c' || key.name === 'ctrl-z' || key.name === 'ctrl-l')
    return false;
  return screen.typedAhead.length > 0 || !(key.name === 'text' && key.text === 'u');
}

function typeAhead(screen: Screen, { key }: KeyEvent): ScreenStep {
  return { screen: { ...screen, typedAhead: [...screen.typedAhead, key].slice(0, mostTypedAhead) }, calls: [] };
}

/** Presses the keys that waited for an action to be taken back. */
function catchUp(step: ScreenStep, at: number): ScreenStep {
  let { screen } = step;
  const calls: ScreenCall[] = [...step.calls];
  while (screen.seat.undoing === 0 && screen.typedAhead.length > 0) {
    const [key, ...typedAhead] = screen.typedAhead;
    const next = settle(screen, pressKey({ ...screen, typedAhead }, key, at));
    screen = next.screen;
    calls.push(...next.calls);
  }
  return { screen, calls };
}

/** Another query has another list: its panes are closed; near-duplicates out of sight are not settled. */
function settle(before: Screen, { screen, calls }: ScreenStep): ScreenStep {
  let { seat, pane, scroll } = screen;
  const moved = before.seat.current !== seat.current;
  if ((moved && pane.pane !== 'help') || (pane.pane === 'alike' && !seat.alike)) {
    pane = { pane: 'none' };
    scroll = 0;
  }
  if (seat.alike && pane.pane !== 'alike' && pane.pane !== 'family') seat = { ...seat, alike: false };
  const settled = { ...screen, seat, pane };
  return { screen: { ...settled, scroll: Math.max(0, Math.min(scroll, scrollRange(settled))) }, calls };
}
