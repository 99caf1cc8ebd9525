import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExperimentSummary } from '../../../src/schema/api/experiments.js';
import { experimentStates } from '../../../src/schema/vocabulary.js';
import { classifyCommand, shellWord } from '../../../viewer/src/home/classify-command.js';
import { everyExperiment, readHomeState, writeHomeState } from '../../../viewer/src/home/home-state.js';
import { areMixed, figureOf, listExperiments, sharedFigures } from '../../../viewer/src/home/listed-experiments.js';
import { projectsOf } from '../../../viewer/src/home/projects.js';

const experiment = (id: string, changes: Partial<ExperimentSummary> = {}): ExperimentSummary => ({
  id,
  kind: 'classify',
  project: 'P',
  dataset: 'D',
  name: null,
  state: 'done',
  started: `2026-01-0${id}T00:00:00.000Z`,
  finished: null,
  seconds: null,
  warnings: 0,
  error: null,
  figures: [],
  ...changes,
});

const auc = (part: string, value: number | null) => [{ name: `${part}.rocAuc`, value }];

describe('the list of experiments', () => {
  const all = [
    experiment('1', { name: 'Forest', figures: auc('test', 0.9) }),
    experiment('2', { project: 'Q', state: 'failed' }),
    experiment('3', { figures: auc('cv', 0.99) }),
    experiment('4', { dataset: 'E', figures: auc('test', 0.5) }),
  ];
  const ids = (changes: object): string[] =>
    listExperiments(all, { ...everyExperiment, ...changes }).map(({ id }) => id);

  it('has the latest first', () => {
    expect(ids({})).toEqual(['4', '3', '2', '1']);
  });

  it('is narrowed by project, dataset, state and words', () => {
    expect(ids({ project: 'P' })).toEqual(['4', '3', '1']);
    expect(ids({ project: 'P', dataset: 'D' })).toEqual(['3', '1']);
    expect(ids({ state: 'failed' })).toEqual(['2']);
    expect(ids({ text: 'FOR p' })).toEqual(['1']);
    expect(ids({ text: 'nothing' })).toEqual([]);
  });

  it('is sorted by a figure whatever part it is of; what has none comes last both ways', () => {
    expect(ids({ sort: 'rocAuc', direction: 'descending' })).toEqual(['3', '1', '4', '2']);
    expect(ids({ sort: 'rocAuc', direction: 'ascending' })).toEqual(['4', '1', '3', '2']);
    expect(ids({ sort: '__proto__' })).toEqual(['4', '3', '2', '1']);
  });

  it('shows the figures that most have', () => {
    expect(sharedFigures(all, 3)).toEqual(['rocAuc']);
    expect(figureOf(all[2], 'rocAuc')).toBe(0.99);
    expect(figureOf(all[1], 'rocAuc')).toBeNull();
    expect(areMixed(all)).toBe(false);
    expect(areMixed([...all, experiment('5', { kind: 'stats' })])).toBe(true);
  });

  it('knows datasets of the input folder and of results alike', () => {
    const home = {
      program: '',
      outputDir: '',
      inputDir: '',
      datasets: [{ project: 'P', dataset: 'new' }],
      experiments: all,
    };
    expect(projectsOf(home)).toEqual([
      {
        project: 'P',
        count: 3,
        datasets: [
          { dataset: 'D', count: 2 },
          { dataset: 'E', count: 1 },
          { dataset: 'new', count: 0 },
        ],
      },
      { project: 'Q', count: 1, datasets: [{ dataset: 'D', count: 1 }] },
    ]);
  });
});

describe('the address of home', () => {
  it('restores every state', () => {
    const word = fc.option(fc.string());
    fc.assert(
      fc.property(
        fc.record({
          project: word,
          dataset: word,
          kind: word,
          state: fc.option(fc.constantFrom(...experimentStates)),
          text: fc.string(),
          sort: fc.string(),
          direction: fc.constantFrom('ascending' as const, 'descending' as const),
          chosen: fc.array(fc.string()),
        }),
        (state) => {
          expect(readHomeState(new URLSearchParams(writeHomeState(state).toString()))).toEqual(state);
        },
      ),
    );
  });

  it('is short when everything is as usual, and takes no nonsense', () => {
    expect(writeHomeState(everyExperiment).toString()).toBe('');
    expect(readHomeState(new URLSearchParams('state=__proto__&direction=up'))).toEqual(everyExperiment);
  });
});

describe('the command to copy', () => {
  it('is safe in a shell', () => {
    expect(classifyCommand('SpamHam', 'lingspam')).toBe('secuml classify --project SpamHam --dataset lingspam');
    expect(shellWord("it's; rm -rf /")).toBe(String.raw`'it'\''s; rm -rf /'`);
    expect(shellWord('$(x)')).toBe("'$(x)'");
  });
});
