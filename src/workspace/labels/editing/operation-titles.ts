import { counted } from '../../../errors.js';
import type { LabelEvent } from '../../../schema/label-event.js';
import { familyTitle } from './plan-family-edit.js';
import type { EventRange, LabelHistory, LabelOperation } from './label-history.js';

/** More families are not named. */
const namedFamilies = 5;

/** What an operation did, in words, names made safe for a terminal: `rename "worm" to "zbot"`. */
export function operationTitle(history: LabelHistory, operation: LabelOperation): string {
  const events = history.eventsOf(operation);
  const [{ family, label }] = events;
  const to = familyTitle({ family });
  switch (operation.kind) {
    case 'family rename':
      return `rename ${formerFamilies(events)} to ${to}`;
    case 'family merge':
      return `merge ${formerFamilies(events)} into ${to}`;
    case 'family split':
      return `split ${to} off ${formerFamilies(events)}`;
    case 'family swap':
      return `swap ${formerFamilies(events)} to ${new Set(events.map((event) => event.label)).size > 1 ? 'the other label' : label}`;
    case 'labels import':
      return `import: ${importCounts(events)}`;
    case 'labels cluster':
    case 'labels area':
      return `${groupTitles[operation.kind]} ${label}${family === null ? '' : `, ${to}`}: ${importCounts(events)}`;
    case 'labels undo':
      return takenBack(history, operation.of ?? operation);
  }
}

const groupTitles = { 'labels cluster': 'label a cluster', 'labels area': 'label an area of a projection' } as const;

/** `event 3`, `events 3 to 14`. */
export const rangeTitle = ({ first, last }: EventRange): string =>
  first === last ? `event ${first}` : `events ${first} to ${last}`;

/** An undo names what it took back. */
function takenBack(history: LabelHistory, of: EventRange): string {
  const operation = history.operations.find(({ first, last }) => first === of.first && last === of.last);
  return operation === undefined ? `take back ${rangeTitle(of)}` : `take back: ${operationTitle(history, operation)}`;
}

function formerFamilies(events: readonly LabelEvent[]): string {
  const names = [...new Set(events.map(({ previous }) => previous?.family ?? null))];
  const shown = names.slice(0, namedFamilies).map((family) => familyTitle({ family }));
  return `${shown.join(', ')}${names.length > namedFamilies ? `, … (${names.length} families)` : ''}`;
}

function importCounts(events: readonly LabelEvent[]): string {
  const given = events.filter(({ previous, label }) => previous === null && label !== null).length;
  const taken = events.filter(({ label }) => label === null).length;
  const changed = events.length - given - taken;
  const parts = [
    [given, 'given'],
    [changed, 'changed'],
    [taken, 'taken back'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${counted(count, 'label')} ${what}`);
  return said.join(', ');
}
