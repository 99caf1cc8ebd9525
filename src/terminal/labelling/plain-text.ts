import type { QueryFeature } from '../../labelling/labelling-session.js';
import { counted } from '../../errors.js';
import { answerWords, authorWords, timeWords } from './answer-words.js';
import { dataText } from './data-text.js';
import { valueWords } from './pages/feature-table.js';
import { placeWords } from './pages/head-lines.js';
import { familyCompared } from './pages/question-page.js';
import { askedAgain, currentQuery, detailsOf, labelNow, openQueries, placeOf, type Seat } from './seat.js';

/** Features named with a question. */
const named = 5;

/** A question in lines, to be read aloud. */
export function questionText(seat: Seat, unicode: boolean): string[] {
  const query = currentQuery(seat);
  if (!query) return [];
  const data = (text: string): string => dataText(text, unicode, 500);
  const details = detailsOf(seat, query.n);
  const { view } = seat;
  const count = view.counts.families;
  const known = counted(count.malicious + count.benign, 'family', 'families');
  const again = askedAgain(seat);
  const failed = seat.details.get(query.n);
  const features = details?.features.slice(0, named) ?? [];
  return [
    '',
    `${capital(placeWords({ seat }).replace(' · ', ', '))}. Budget left ${view.budget.left}. ${capital(known)}.`,
    `Instance: ${data(query.ident)} (id ${data(query.instanceId)})`,
    `Asked as ${data(query.kind)}: ${data(query.reason)}`,
    ...(again?.why === 'failed' ? ['Your answer was not kept: give it once more.'] : []),
    ...(again?.why === 'overtaken'
      ? [
          `${data(authorWords(again.other.author))} answered it too: ${spoken(answerWords(again.other))}. You said: ` +
            `${spoken(answerWords(again.own))}. An empty line keeps yours.`,
        ]
      : [suggestionText(seat, data)]),
    labelText(seat, query.n, data),
    ...(query.duplicates > 0
      ? [
          `${counted(query.duplicates, 'other is', 'others are')} alike: D lists them, and the next answer settles them too.`,
        ]
      : []),
    ...(typeof failed === 'string' ? [`The features cannot be shown: ${data(failed)}`] : []),
    ...(features.length > 0 ? ['Most unusual:', ...featureText(features, familyCompared(seat), unicode)] : []),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Signs that separate become words. */
export function spoken(words: string): string {
  return words.replaceAll(' · ', ', family ');
}

function suggestionText(seat: Seat, data: (text: string) => string): string {
  const suggestion = currentQuery(seat)?.suggestion;
  if (!suggestion) return 'No suggestion.';
  const words = data(spoken(answerWords(suggestion)));
  return suggestion.confidence === 'high'
    ? `Suggestion: ${words}. An empty line accepts it.`
    : `A guess, not sure: ${words}.`;
}

function labelText(seat: Seat, n: number, data: (text: string) => string): string {
  const query = seat.queries.get(n);
  const state = query?.state === 'skipped' || query?.state === 'unsure' ? `${query.state}, ` : '';
  const events = (detailsOf(seat, n)?.events ?? []).map((event) => {
    const what = event.label === null ? 'taken back' : spoken(answerWords(event));
    return `${what} by ${authorWords(event.author)} at ${timeWords(event.at)}`;
  });
  const history = events.length === 0 ? '' : ` History: ${data(events.toReversed().join('; '))}.`;
  return `Label now: ${state}${data(spoken(answerWords(labelNow(seat, n))))}.${history}`;
}

/** Features in a line each: name, value, and where it stands in each group. */
export function featureText(features: readonly QueryFeature[], family: string | null, unicode: boolean): string[] {
  return features.map(({ name, value, standings }) => {
    const places = standings.map(({ group, zScore, mean, percentile }) => {
      const who = group === 'family' ? dataText(family ?? 'family', unicode, 60) : group;
      const always = value === null || value === mean ? '' : ` always ${valueWords(mean)},`;
      const side = (zScore ?? 0) < 0 ? 'below' : 'above';
      const far = zScore === null ? always : ` ${Math.abs(zScore).toFixed(1)} deviations ${side},`;
      return `${who}${far} percentile ${Math.round(percentile)}`;
    });
    return `  ${dataText(name, unicode, 100)} ${valueWords(value)}${places.length > 0 ? `: ${places.join('; ')}` : ''}`;
  });
}

/** The families with their numbers 1 … 9, and the others. */
export function familiesText({ quickPicks, families }: Seat, unicode: boolean): string[] {
  if (families.length === 0) return ['No family has been named yet: m NAME or b NAME makes one.'];
  const keyOf = (family: string, label: string): string => {
    const key = quickPicks.findIndex((pick) => pick?.family === family && pick.label === label);
    return key < 0 ? ' ' : String(key + 1);
  };
  return families.map(
    ({ family, label, instances }) =>
      `  ${keyOf(family, label)} ${dataText(family, unicode)}, ${label}, ${counted(instances, 'instance')}`,
  );
}

/** The near-duplicates by name. */
export function alikeText(seat: Seat, unicode: boolean): string[] {
  const duplicates = detailsOf(seat, seat.current)?.duplicates ?? [];
  return [
    ...duplicates.map(
      ({ ident, instanceId }) => `  ${dataText(ident, unicode)} (id ${dataText(instanceId, unicode, 200)})`,
    ),
    'The next answer settles these too. r asks again for this one alone.',
  ];
}

/** The queries without an answer by name. */
export function unansweredText(seat: Seat, unicode: boolean): string[] {
  const open = openQueries(seat);
  return [
    `${counted(open.length, 'query', 'queries')} of this iteration without an answer:`,
    ...open.map(({ n, ident }) => `  ${placeOf(seat, n)} ${dataText(ident, unicode)}`),
    'N once more goes on without them.',
  ];
}

/** What may be answered. */
export const plainHelp = [
  'One line is one answer; words may be written out.',
  '  empty line   accept the suggestion, where it is sure; leave an answered query as it is',
  '  m, b         malicious, benign; with a name behind it, that family: m botnet',
  '  1 to 9       the family with that number; l lists the families',
  '  f NAME       a family that is there, by its name or some of its letters',
  '  s, ?         skip, unsure: the query stays without a label',
  '  u            take back the last answer, and the one before, and so on',
  '  D            list the instances that are alike: the next answer settles them too',
  '  n, p         next and previous query; o goes to the next one without an answer',
  '  d, d WORD    all features, or those with WORD in their names',
  '  i            the original text, where the project has it',
  '  r            the question again',
  '  N            next iteration, after naming the queries without an answer',
  '  q            quit: every answer is kept already',
];
