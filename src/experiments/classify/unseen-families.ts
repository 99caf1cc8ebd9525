import { counted } from '../../errors.js';
import type { AnyClassifierDef } from '../../ml/classifiers/classifier.js';
import { classifiers } from '../../ml/classifiers/registry.js';
import { parts } from '../../schema/vocabulary.js';
import { decisionThreshold, type JudgedPart } from './judged-part.js';
import { partInWords } from './part-in-words.js';
import type { ClassifySettings } from './settings.js';
import type { Task } from './task.js';
import type { ValidationPlan } from './validation/validation-plan.js';

/** Families that are named in a note. */
const mostNamed = 5;

/** Malicious instances of a part, all folds together, by whether their family was trained on. */
interface Tally {
  readonly unseen: Map<string, number>;
  unseenFound: number;
  known: number;
  knownFound: number;
}

/**
 * Says where malicious families are met that the model had nothing of to learn from (they came later, or elsewhere), and
 * how many of their instances it finds beside those of families it knows. Nothing for a training without families.
 */
export function unseenFamilyWarnings(
  { truth }: Task,
  plan: ValidationPlan,
  judged: readonly JudgedPart[],
  settings: ClassifySettings,
): string[] {
  const { learnsFrom } = classifiers[settings.model] as AnyClassifierDef;
  if (learnsFrom === 'nothing') return [];
  const tallies = new Map<string, Tally>();
  for (const part of judged) {
    const round = plan.rounds.find((candidate) => candidate.part === part.part);
    const trained = round ? round.train : part.part.startsWith('dataset:') ? plan.finalRows : null;
    if (!trained) continue;
    const families = new Set<string>();
    for (const row of trained) if (truth.label[row] === 1) families.add(truth.family[row]);
    if (families.size < 2) continue;
    const name = part.fold === -1 ? part.part : parts.cv;
    const tally = tallies.get(name) ?? { unseen: new Map<string, number>(), unseenFound: 0, known: 0, knownFound: 0 };
    tallies.set(name, tally);
    count(tally, part, families, decisionThreshold(part, settings));
  }
  return [...tallies].flatMap(([part, tally]) => note(part, tally));
}

function count(tally: Tally, { truth, value }: JudgedPart, families: ReadonlySet<string>, threshold: number): void {
  for (let i = 0; i < value.length; i++) {
    if (truth.label[i] !== 1) continue;
    const family = truth.family[i];
    const found = Number(value[i] > threshold);
    if (families.has(family)) {
      tally.known++;
      tally.knownFound += found;
    } else {
      tally.unseen.set(family, (tally.unseen.get(family) ?? 0) + 1);
      tally.unseenFound += found;
    }
  }
}

function note(part: string, { unseen, unseenFound, known, knownFound }: Tally): string[] {
  if (unseen.size === 0) return [];
  const instances = [...unseen.values()].reduce((sum, size) => sum + size, 0);
  const largest = [...unseen].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, mostNamed);
  const named = largest.map(([family]) => JSON.stringify(family)).join(', ');
  const more = unseen.size > mostNamed ? ', …' : '';
  const others = known > 0 ? `, against ${percent(knownFound, known)} of those of families it knows` : '';
  const inFolds = `in the folds there ${unseen.size === 1 ? 'is' : 'are'}`;
  const where = part === parts.cv ? inFolds : `${partInWords(part)} has`;
  return [
    `${where} ${counted(unseen.size, 'malicious family', 'malicious families')} that the model was not trained on (${named}${more}): ` +
      `it finds ${unseenFound} of their ${counted(instances, 'instance')} (${percent(unseenFound, instances)})${others}`,
  ];
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
