import { printable } from '../../errors.js';
import type { LabelEvent } from '../../schema/label-event.js';
import type { GivenLabel } from '../../schema/labelling.js';

/** A label as people read it: `malicious · neptune`, `benign`, `without a label`. */
export function answerWords(given: Pick<LabelEvent, 'label' | 'family'> | GivenLabel | null): string {
  if (!given?.label) return 'without a label';
  return given.family === null ? given.label : `${given.label} · ${printable(given.family, 60)}`;
}

/** Who said it: `anna`, or `somebody` where no name is known. */
export function authorWords(author: string | null): string {
  return author === null ? 'somebody' : printable(author, 40);
}

/** An event's time as people read it, in UTC: `2026-11-23 04:18`. */
export function timeWords(at: string): string {
  return printable(at.replace('T', ' ').slice(0, 16), 16);
}
