import { printable, UserError } from '../../errors.js';
import type { ComparablePart } from '../../schema/compared-part.js';
import { parts } from '../../schema/vocabulary.js';

/** The parts that one experiment has. */
export interface ExperimentParts {
  readonly id: string;
  readonly parts: readonly ComparablePart[];
}

/** The part of each experiment that is compared, and what must be known of the choice. */
export interface PartChoice {
  readonly chosen: readonly ComparablePart[];
  readonly notes: readonly string[];
}

/**
 * Which part of each experiment to compare: the one asked for by name (`test` means the only validation dataset too),
 * or else the first of the first experiment's parts that all others have for the same dataset; parts that were held out
 * of the training come first, and where none has the same name everywhere, one that was held out under another name
 * will do (`test` against `cv`). Throws UserError in plain words where nothing can be compared.
 */
export function chooseParts(experiments: readonly ExperimentParts[], wanted: string | undefined): PartChoice {
  if (wanted !== undefined) return { chosen: wantedParts(experiments, wanted), notes: [] };
  const [first, ...others] = experiments;
  const candidates = first.parts.filter(({ name }) => !name.startsWith('fold.'));
  const byName = (part: ComparablePart, of: ExperimentParts): ComparablePart | undefined =>
    of.parts.find((other) => other.name === part.name && isSameDataset(part, other));
  const heldOut = (part: ComparablePart, of: ExperimentParts): ComparablePart | undefined =>
    byName(part, of) ??
    of.parts.find((other) => other.heldOut && !other.name.startsWith('fold.') && isSameDataset(part, other));
  const attempts = [
    ...candidates.filter((part) => part.heldOut).map((part) => ({ part, match: byName })),
    ...candidates.filter((part) => part.heldOut).map((part) => ({ part, match: heldOut })),
    ...candidates.filter((part) => !part.heldOut && part.name !== parts.train).map((part) => ({ part, match: byName })),
    ...candidates.filter((part) => part.name === parts.train).map((part) => ({ part, match: byName })),
  ];
  for (const { part, match } of attempts) {
    const found = others.map((other) => match(part, other));
    if (found.every((other) => other !== undefined)) return { chosen: [part, ...found], notes: notesOn(part, found) };
  }
  throw nothingInCommon(experiments);
}

function notesOn(part: ComparablePart, found: readonly ComparablePart[]): string[] {
  const renamed = found.filter(({ name }) => name !== part.name);
  const notes = renamed.map(
    ({ name }) =>
      `part ${part.name} is compared with part ${name}: both were held out of the training, on the same dataset`,
  );
  if (part.name === parts.train) {
    notes.push('only the training part is in common: its figures say little of other instances');
  }
  return notes;
}

function wantedParts(experiments: readonly ExperimentParts[], wanted: string): ComparablePart[] {
  const chosen = experiments.map((experiment) => {
    const part = experiment.parts.find(({ name }) => name === wanted) ?? onlyDataset(experiment, wanted);
    if (part) return part;
    throw new UserError(`experiment ${experiment.id} has no part "${printable(wanted)}"`, {
      hint: `its parts are: ${experiment.parts.map(({ name }) => printable(name, 60)).join(', ')}`,
    });
  });
  if (chosen.every((part) => isSameDataset(part, chosen[0]))) return chosen;
  throw new UserError(`part ${printable(wanted)} is of different datasets: ${listed(experiments, chosen)}`, {
    hint: 'instances are compared by their id, which means the same only within a dataset',
  });
}

/** `test` is another name of the only validation dataset. */
function onlyDataset({ parts: all }: ExperimentParts, wanted: string): ComparablePart | undefined {
  const datasets = all.filter(({ name }) => name.startsWith('dataset:'));
  return wanted === parts.test && datasets.length === 1 ? datasets[0] : undefined;
}

function isSameDataset(a: ComparablePart, b: ComparablePart): boolean {
  return a.project === b.project && a.dataset === b.dataset;
}

function nothingInCommon(experiments: readonly ExperimentParts[]): UserError {
  const lines = experiments.map(({ id, parts: all }) => {
    const shown = all.filter(({ name }) => !name.startsWith('fold.'));
    return `  ${id}: ${shown.map(describe).join(', ') || 'no predictions'}`;
  });
  return new UserError(`the experiments have judged nothing in common:\n${lines.join('\n')}`, {
    hint: 'they must have judged instances of the same dataset; try --validation cv, or the same --validation-dataset',
  });
}

function describe({ name, project, dataset }: ComparablePart): string {
  return `${printable(name, 60)} (of ${printable(project, 60)}/${printable(dataset, 60)})`;
}

function listed(experiments: readonly ExperimentParts[], chosen: readonly ComparablePart[]): string {
  return experiments
    .map(({ id }, k) => `${id} of ${printable(chosen[k].project, 60)}/${printable(chosen[k].dataset, 60)}`)
    .join(', ');
}
