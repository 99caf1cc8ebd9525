import { areaUnderTime } from '../../ml/metrics/time.js';
import { equalSpans } from '../../ml/model-selection/time-window.js';
import type { AnyPanel } from '../../schema/result-document.js';
import { headlinePart, parts } from '../../schema/vocabulary.js';
import { decayFigureNames } from './headline.js';
import type { JudgedPart } from './judged-part.js';
import { rowsOfPart } from './judging.js';
import { labelledPart } from './labelled-part.js';
import type { PartAssessment } from './part-assessment.js';
import { type Figure, partIndicators } from './part-indicators.js';
import { partInWords } from './part-in-words.js';
import type { ClassifySettings } from './settings.js';
import type { Task } from './task.js';
import type { ValidationPlan } from './validation/validation-plan.js';

/** Periods of a test part, where the rows allow so many. */
const mostPeriods = 10;

export interface Decay {
  /** `<part>.aut` and `<part>.aut.<figure>`; null where a period leaves the figure undefined. */
  readonly headline: Readonly<Record<string, number | null>>;
  readonly panels: readonly AnyPanel[];
  readonly warnings: readonly string[];
}

interface Period {
  readonly part: string | null;
  readonly from: number;
  readonly until: number;
  readonly instances: number;
  readonly malicious: number;
  readonly figures: ReadonlyMap<string, Figure>;
}

const none: Decay = { headline: {}, panels: [], warnings: [] };

/**
 * How the figures change with time: over periods of the test part for a model that is trained once (temporal, cutoff),
 * over the folds for one that is trained again and again. Nothing where the validation does not go by time.
 */
export function decayFigures(
  task: Task,
  plan: ValidationPlan,
  judged: readonly JudgedPart[],
  assessments: readonly PartAssessment[],
  settings: ClassifySettings,
): Decay {
  const { validation } = settings;
  switch (validation.mode) {
    case 'temporal':
    case 'cutoff': {
      const test = judged.find(({ part }) => part === parts.test);
      const [round] = plan.rounds;
      const assessment = assessments.find(({ part }) => part === parts.test);
      if (!test || !assessment) return none;
      const times = Float64Array.from(round.test, (row) => task.dataset.timestamps?.[row] ?? Number.NaN);
      const periods = periodsOf(test, times, assessment.threshold, settings, validation.periods);
      const isOneTime = times.every((time) => time === times[0]);
      const why = isOneTime ? 'all its instances are of one time' : 'too few instances of both labels for two periods';
      return decay(parts.test, 'period', periods, assessment.threshold, why);
    }
    case 'temporal-cv':
    case 'sliding-window': {
      const periods = foldPeriods(task, plan, assessments);
      const threshold = assessments.find(({ fold }) => fold !== -1)?.threshold ?? null;
      return decay(parts.cv, 'fold', periods, threshold, 'there is one alone');
    }
    default:
      return none;
  }
}

/** @param why what to say of fewer than two periods */
function decay(
  part: string,
  by: 'period' | 'fold',
  periods: readonly Period[],
  threshold: number | null,
  why: string,
): Decay {
  const areas = decayFigureNames.map((name) => ({
    name,
    value: areaUnderTime(periods.map(({ figures }) => figures.get(name)?.value ?? null)),
  }));
  const headline = Object.fromEntries(
    areas.map(({ name, value }) => [`${headlinePart(part)}.aut${name === 'f1' ? '' : `.${name}`}`, value]),
  );
  if (periods.length < 2) {
    return { headline, panels: [], warnings: [`${partInWords(part)}: ${why}: no decay and no AUT`] };
  }
  const shown = periods.map(({ figures, ...period }) => ({
    ...period,
    figures: decayFigureNames.map((name) => {
      const { value = null, low = null, high = null } = figures.get(name) ?? {};
      return { name, value, low, high };
    }),
  }));
  const data = { by, threshold, periods: shown, areas };
  return {
    headline,
    panels: [{ kind: 'decay', id: `decay:${part}`, title: 'Figures over time', part, data }],
    warnings: undefinedWarning(part, by, periods, areas[0].value),
  };
}

function undefinedWarning(part: string, by: string, periods: readonly Period[], aut: number | null): string[] {
  if (aut !== null) return [];
  const absent = periods.filter(({ figures }) => (figures.get('f1')?.value ?? null) === null).length;
  return [`${partInWords(part)}: no AUT, as F1 is undefined in ${absent} of ${periods.length} ${by}s`];
}

/** Spans of equal length; as many as leave each one with instances of both labels, unless a number is asked for. */
function periodsOf(
  test: JudgedPart,
  times: Float64Array,
  threshold: number,
  settings: ClassifySettings,
  asked: number | undefined,
): Period[] {
  const candidates = asked === undefined ? Array.from({ length: mostPeriods - 1 }, (_, k) => mostPeriods - k) : [asked];
  const { label } = test.truth;
  for (const count of candidates) {
    const begins = equalSpans(times, count);
    if (begins === null) return [];
    const members = rowsBySpan(times, begins);
    const has = (rows: readonly number[], wanted: number): boolean => rows.some((row) => label[row] === wanted);
    if (asked === undefined && !members.every((rows) => has(rows, 0) && has(rows, 1))) continue;
    const last = times.reduce((latest, time) => Math.max(latest, time), -Infinity);
    return members.map((rows, k) => {
      const part = labelledPart(rowsOfPart(test, Uint32Array.from(rows)), threshold);
      const { figures } = partIndicators(part, settings.multiclass, { choice: 'closed-form', seed: 0 });
      return {
        part: null,
        from: begins[k],
        until: begins[k + 1] ?? last,
        instances: rows.length,
        malicious: figures.malicious?.value ?? 0,
        figures: new Map(Object.entries(figures)),
      };
    });
  }
  return [];
}

function rowsBySpan(times: Float64Array, begins: readonly number[]): number[][] {
  const members = begins.map((): number[] => []);
  times.forEach((time, row) => {
    // The first begin is that of the first row: each has a span.
    members[
      Math.max(
        0,
        begins.findLastIndex((begin) => begin <= time),
      )
    ].push(row);
  });
  return members;
}

/** The folds in their order; one that was skipped has no figures, so that no area is told over the hole. */
function foldPeriods(task: Task, plan: ValidationPlan, assessments: readonly PartAssessment[]): Period[] {
  const latest = task.labelled.reduce((last, row) => {
    const time = task.dataset.timestamps?.[row] ?? Number.NaN;
    return time > last ? time : last;
  }, -Infinity);
  const until = (end: number): number => (end === Infinity ? latest : end);
  const periods = plan.rounds.map(({ part, fold, tested }) => {
    const found = assessments.find((assessment) => assessment.part === part);
    const figures = new Map<string, Figure>();
    for (const panel of found?.panels ?? []) {
      if (panel.kind === 'indicators') for (const figure of panel.data.figures) figures.set(figure.name, figure);
    }
    const malicious = figures.get('malicious')?.value ?? 0;
    const [from, end] = [tested?.from ?? latest, until(tested?.until ?? latest)];
    return { fold, part, from, until: end, instances: found?.instances ?? 0, malicious, figures };
  });
  const holes = plan.skipped.map(({ fold, tested }) => ({
    fold,
    part: null,
    from: tested.from,
    until: until(tested.until),
    instances: 0,
    malicious: 0,
    figures: new Map<string, Figure>(),
  }));
  return [...periods, ...holes].sort((a, b) => a.fold - b.fold).map(({ fold: _fold, ...period }) => period);
}
