import type { LabelEvent } from '../../../schema/label-event.js';
import type { GivenLabel, LoopQuery } from '../../../schema/labelling.js';
import { counted } from '../../../errors.js';
import { answerWords, authorWords, timeWords } from '../answer-words.js';
import { cutEnd, cutMiddle, textCells, wrapCells } from '../cells.js';
import { dataText } from '../data-text.js';
import { fitLine, type Line, lineOf, type Span, span } from '../lines.js';
import type { Screen } from '../screen.js';
import { askedAgain, currentQuery, detailsOf, labelNow, type Seat } from '../seat.js';

const nameCells = 9;
const widestFamily = 36;

/** What an instance is: its ident, and its number and time where there is room. */
export function identLines(screen: Screen, most: number): Line[] {
  const { seat, size, unicode } = screen;
  const query = currentQuery(seat);
  if (!query) return [];
  const details = detailsOf(seat, query.n);
  const ident = dataText(query.ident, unicode, 1000);
  const time = details?.timestamp ? ` · ${dataText(details.timestamp, unicode, 30)}` : '';
  const id = `id ${cutMiddle(dataText(query.instanceId, unicode, 200), 24)}${time}`;
  if (textCells(ident) + textCells(id) + 3 <= size.columns) {
    return [[span(ident, 'title'), span(`   ${id}`, 'quiet')]];
  }
  if (most < 2) return [lineOf(cutMiddle(ident, size.columns), 'title')];
  const wrapped = wrapCells(ident, size.columns);
  const lines =
    wrapped.length <= most - 1 ? wrapped : wrapCells(cutMiddle(ident, size.columns * (most - 1)), size.columns);
  return [...lines.slice(0, most - 1).map((line) => lineOf(line, 'title')), lineOf(id, 'quiet')];
}

/** The question itself: why it is asked, what is suggested, what the label is now, and what is like it. */
export function questionLines(screen: Screen, history: number): Line[] {
  const { seat, size, unicode } = screen;
  const query = currentQuery(seat);
  if (!query) return [];
  const lines = [
    named('asked as', [
      span(`${dataText(query.kind, unicode, 30)}: `, 'quiet'),
      span(dataText(query.reason, unicode, 200)),
    ]),
    suggestionLine(seat, query, unicode),
    ...labelLines(seat, query, history, unicode),
    ...(query.duplicates > 0 ? [alikeLine(query, seat)] : []),
  ];
  return lines.map((line) => fitLine(line, size.columns));
}

function named(name: string, rest: readonly Span[]): Line {
  return [span(name.padEnd(nameCells), 'quiet'), ...rest];
}

/** A label in its colour. */
export function labelSpan(given: GivenLabel, unicode: boolean): Span {
  const family = given.family === null ? '' : ` · ${cutEnd(dataText(given.family, unicode, 60), widestFamily)}`;
  return span(given.label + family, given.label);
}

function suggestionLine(seat: Seat, query: LoopQuery, unicode: boolean): Line {
  const again = askedAgain(seat);
  if (again?.why === 'failed') {
    return named('again', [span('your answer was not kept: give it once more', 'uncertain')]);
  }
  if (again) {
    const words = `${authorWords(again.other.author)}: ${answerWords(again.other)}; you: ${answerWords(again.own)}`;
    return named('again', [span(dataText(words, unicode, 200), 'uncertain'), span('   Enter keeps yours', 'quiet')]);
  }
  const { suggestion } = query;
  if (!suggestion) return named('suggests', [span('nothing: choose yourself', 'quiet')]);
  if (suggestion.confidence === 'high') {
    return named('suggests', [labelSpan(suggestion, unicode), span('   Enter accepts', 'quiet')]);
  }
  return named('guess', [
    span('not sure: ', 'quiet'),
    labelSpan(suggestion, unicode),
    span('   choose yourself', 'quiet'),
  ]);
}

function labelLines(seat: Seat, query: LoopQuery, history: number, unicode: boolean): Line[] {
  const label = labelNow(seat, query.n);
  const events = detailsOf(seat, query.n)?.events ?? [];
  const pending = seat.writing.has(query.n) ? [span('   being written…', 'quiet')] : [];
  const state = query.state === 'unsure' || query.state === 'skipped' ? [span(`${query.state} · `)] : [];
  const author = label && events.length === 0 ? query.answer?.author : undefined;
  const said = author === undefined ? [] : [span(`   ${dataText(authorWords(author), unicode)}`, 'quiet')];
  const now = label ? labelSpan(label, unicode) : span('none', 'quiet');
  const [last, ...older] = [...events].toReversed();
  const lastSaid = last ? [span(`   ${eventWords(last, unicode, label === null)}`, 'quiet')] : said;
  const more = older.length > history ? [span(`   ${counted(older.length, 'earlier answer')}`, 'quiet')] : [];
  return [
    named('label', [...state, now, ...lastSaid, ...more, ...pending]),
    ...older
      .slice(0, history)
      .map((event) => named('', [span(`before: ${eventWords(event, unicode, true)}`, 'quiet')])),
  ];
}

/** `benign · normal, anna, 2026-11-23 04:18` */
function eventWords(event: LabelEvent, unicode: boolean, withLabel: boolean): string {
  const what = event.label === null ? 'taken back' : answerWords(event);
  const words = [...(withLabel ? [what] : []), authorWords(event.author), timeWords(event.at)];
  return dataText(words.join(', '), unicode, 200);
}

function alikeLine(query: LoopQuery, seat: Seat): Line {
  const others = counted(query.duplicates, 'other');
  if (seat.alike) return named('alike', [span(`this answer settles ${others} like it too`, 'uncertain')]);
  return named('alike', [span(others), span('   D shows them: one answer settles all', 'quiet')]);
}
