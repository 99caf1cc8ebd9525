import { UserError } from '../../errors.js';
import type { ComparedPart } from '../../schema/compared-part.js';
import { type ComparisonDocument, type ComparisonPair, comparisonVersion } from '../../schema/comparison.js';
import type { Settings } from '../../schema/result-document.js';
import { correctness, type DifferenceOptions, figureDifferences } from './figure-differences.js';
import { type JoinedRows, joinParts } from './joined-rows.js';
import { type VerdictChanges, verdictChanges, verdictsByFamily, verdictsByLabel } from './verdict-changes.js';

export interface ComparisonOptions extends Partial<DifferenceOptions> {
  readonly seed: number;
  /** Instances whose verdict changed that the document lists, for each pair. */
  readonly rows: number;
  /** What must be known of the choice of parts. */
  readonly notes?: readonly string[];
}

/** A comparison, and the complete list of changed verdicts of each pair. */
export interface Comparison {
  readonly document: ComparisonDocument;
  readonly changes: readonly VerdictChanges[];
}

/**
 * Compares the first part with each of the others on the instances that both have judged. Pure: the same parts, seed
 * and options give the same document. Throws UserError where two parts have no instance in common.
 */
export function compareParts(compared: readonly ComparedPart[], options: ComparisonOptions): Comparison {
  const { seed, replicates = 1000, level = 0.95, rows, signal, notes = [] } = options;
  const [baseline, ...others] = compared;
  const pairs: ComparisonPair[] = [];
  const changes: VerdictChanges[] = [];
  others.forEach((other, k) => {
    const joined = joinParts(baseline, other);
    if (joined.label.length === 0) throw nothingInCommon(baseline, other);
    const progress = (done: number): void => options.progress?.(k * replicates + done, others.length * replicates);
    const figures = figureDifferences(joined, { seed, replicates, level, signal, progress });
    const listed = verdictChanges(joined);
    changes.push(listed);
    pairs.push(pairOf(joined, figures, listed, rows, notes));
  });
  const document: ComparisonDocument = {
    schema: 'secuml-comparison',
    version: comparisonVersion,
    kind: 'comparison',
    seed,
    replicates,
    level,
    baseline: describe(baseline),
    pairs,
  };
  return { document, changes };
}

function pairOf(
  joined: JoinedRows,
  figures: ComparisonPair['figures'],
  listed: VerdictChanges,
  shown: number,
  notes: readonly string[],
): ComparisonPair {
  const { baseline, other, label } = joined;
  const common = label.length;
  let malicious = 0;
  let benign = 0;
  for (const value of label) {
    if (value === 1) malicious++;
    else if (value === 0) benign++;
  }
  const test = correctness(joined);
  return {
    other: describe(other),
    rows: {
      common,
      onlyBaseline: baseline.ids.length - common,
      onlyOther: other.ids.length - common,
      judged: malicious + benign,
      malicious,
      benign,
      contradictory: joined.contradictory,
    },
    settings: differingSettings(baseline.experiment.settings, other.experiment.settings),
    figures,
    mcnemar: test && {
      bothRight: test.bothRight,
      onlyBaselineRight: test.onlyFirstRight,
      onlyOtherRight: test.onlySecondRight,
      bothWrong: test.bothWrong,
      method: test.method,
      statistic: test.statistic,
      pValue: test.pValue,
      midPValue: test.midPValue,
    },
    verdicts: verdictsByLabel(joined),
    families: verdictsByFamily(joined),
    changes: {
      total: listed.total,
      scale: listed.scale,
      rows: Array.from({ length: Math.min(shown, listed.total) }, (_, k) => listed.at(k)),
    },
    notes: [...notes, ...notesOn(joined, malicious, benign)],
  };
}

function describe({ experiment, part, ids, scale, threshold }: ComparedPart): ComparisonDocument['baseline'] {
  const { id, name, settings } = experiment;
  const model = typeof settings.model === 'string' ? settings.model : null;
  const { project, dataset } = part;
  return { id, name, model, part: part.name, project, dataset, scale, threshold, instances: ids.length };
}

function notesOn({ baseline, other, contradictory, label }: JoinedRows, malicious: number, benign: number): string[] {
  const notes: string[] = [];
  const ofSame = baseline.part.name === other.part.name;
  if (ofSame && baseline.experiment.datasetHash !== other.experiment.datasetHash) {
    notes.push('the two saw different contents of the dataset: other features, labels, a sample, or changed files');
  }
  if (contradictory > 0) {
    notes.push(
      `${contradictory} instances have another label in the one than in the other: they are left out of the figures`,
    );
  }
  const share = label.length / Math.min(baseline.ids.length, other.ids.length);
  if (share < 0.5) {
    notes.push('less than half of the instances are in common: the same --seed, or --validation cv, gives more');
  }
  if (malicious === 0 || benign === 0) {
    notes.push(
      `there is no ${malicious === 0 ? 'malicious' : 'benign'} instance among them: most figures are undefined`,
    );
  }
  if (baseline.scale !== other.scale) {
    notes.push(
      'one model has probabilities and the other scores: changes are told as places in the order of instances',
    );
  }
  return notes;
}

/** Settings by name in the order of the baseline's, then of those that only the other has. */
function differingSettings(baseline: Settings, other: Settings): ComparisonPair['settings'] {
  // The parameters of one model are told one by one, those of two as a whole.
  const ofOneModel = baseline.model === other.model;
  const [first, second] = [baseline, other].map((settings) => settingTexts(settings, ofOneModel));
  return [...new Set([...first.keys(), ...second.keys()])]
    .map((name) => ({ name, baseline: first.get(name) ?? null, other: second.get(name) ?? null }))
    .filter((setting) => setting.baseline !== setting.other);
}

function settingTexts(settings: Settings, splitParams: boolean): Map<string, string | null> {
  const { params } = settings;
  const listed = splitParams && Array.isArray(params) ? params.map(String) : [];
  const split = listed.map((param): [string, string] => {
    const at = param.indexOf('=');
    return [`params.${param.slice(0, at)}`, param.slice(at + 1)];
  });
  const whole = Object.entries(settings)
    .filter(([name]) => listed.length === 0 || name !== 'params')
    .map(([name, value]): [string, string | null] => [name, settingText(value)]);
  return new Map([...whole, ...split]);
}

function settingText(value: Settings[string] | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function nothingInCommon(baseline: ComparedPart, other: ComparedPart): UserError {
  const of = ({ experiment, part, ids }: ComparedPart): string =>
    `${experiment.id} judged ${ids.length} instances in part ${part.name}`;
  return new UserError(`no instance is in both: ${of(baseline)}, ${of(other)}, all of them others`, {
    hint: 'the same --seed, --validation cv, or the same --test-ids makes parts that can be compared',
  });
}
