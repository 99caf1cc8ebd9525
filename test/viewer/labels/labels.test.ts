import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameChange } from '../../../viewer/src/labels/chosen-families.js';
import { listFamilies } from '../../../viewer/src/labels/families-view.js';
import { setNameProblem } from '../../../viewer/src/labels/label-set-choice.js';
import {
  chooseSet,
  everyLabel,
  filterOf,
  type LabelsState,
  readLabelsState,
  writeLabelsState,
} from '../../../viewer/src/labels/labels-state.js';

const text = fc.string({ unit: 'grapheme', maxLength: 8 });
const label = fc.constantFrom('malicious' as const, 'benign' as const);
const arbitraryState: fc.Arbitrary<LabelsState> = fc.record({
  set: fc.option(text),
  label: fc.option(label),
  family: fc.option(text),
  unnamed: fc.boolean(),
  author: fc.option(text),
  text,
  sort: fc.constantFrom('n', 'instanceId', 'ident', 'label', 'family', 'author'),
  direction: fc.constantFrom('ascending', 'descending'),
  instance: fc.option(text),
  chosen: fc.array(fc.record({ label, family: fc.option(text.filter((name) => name !== '')) }), { maxLength: 3 }),
  familyOrder: fc.constantFrom('size', 'name'),
});

describe('the address of the labels pages', () => {
  it('restores whatever they show', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        const query = new URLSearchParams(writeLabelsState(state).toString());
        expect(readLabelsState(query)).toEqual(state);
      }),
    );
  });

  it('says nothing of what is as usual, and leaves out what makes no sense', () => {
    expect(writeLabelsState(everyLabel).toString()).toBe('');
    const odd = new URLSearchParams('label=evil&sort=x&direction=down&chosen=x:y&chosen=benign:a:b&order=?');
    expect(readLabelsState(odd)).toEqual({ ...everyLabel, chosen: [{ label: 'benign', family: 'a:b' }] });
    expect(filterOf({ ...everyLabel, author: '', unnamed: true })).toEqual({ author: '', unnamed: true });
  });
});

describe('the label set to show', () => {
  it('is the one asked for, the last one, main, or the first', () => {
    expect(chooseSet('x', 'mine', ['a', 'main', 'mine'])).toBe('x');
    expect(chooseSet(null, 'mine', ['a', 'main', 'mine'])).toBe('mine');
    expect(chooseSet(null, 'gone', ['a', 'main'])).toBe('main');
    expect(chooseSet(null, 'gone', ['a'])).toBe('a');
    expect(chooseSet(null, 'gone', [])).toBeNull();
  });

  it('has a name that a file can have', () => {
    for (const name of ['', 'truth', '.x', 'a/b', 'a\\b', 'a\nb', 'x'.repeat(191)]) {
      expect(setNameProblem(name), name).not.toBeNull();
    }
    for (const name of ['main', "Ann's second try", '\u{1F600}'.repeat(190)]) expect(setNameProblem(name)).toBeNull();
  });
});

describe('families', () => {
  const family = (name: string | null, instances: number, of: 'malicious' | 'benign' = 'malicious') => {
    return { family: name, label: of, instances };
  };
  const families = [family('worm', 5), family('bot', 9), family(null, 7), family('worm', 2, 'benign')];

  it('are listed by size or name, narrowed by label and text', () => {
    const names = (state: Partial<LabelsState>): (string | null)[] =>
      listFamilies(families, { ...everyLabel, ...state }).map(({ family: name }) => name);
    expect(names({})).toEqual(['bot', null, 'worm', 'worm']);
    expect(names({ familyOrder: 'name' })).toEqual(['bot', 'worm', 'worm', null]);
    expect(names({ label: 'benign' })).toEqual(['worm']);
    expect(names({ text: 'WO' })).toEqual(['worm', 'worm']);
  });

  it('are renamed, or merged where there are several or the name is taken', () => {
    const change = (chosen: typeof families, to: string) => nameChange(chosen, families, to);
    const [worm, bot, unnamed, benign] = families;
    const of = { label: 'malicious', family: 'worm' } as const;
    expect(change([worm], ' new ')).toEqual({ verb: 'Rename', change: { operation: 'rename', from: of, to: 'new' } });
    expect(change([worm], 'bot')).toMatchObject({ verb: 'Merge', change: { from: [of], to: 'bot' } });
    expect(change([benign], 'bot')).toMatchObject({ verb: 'Rename' });
    expect(change([worm, bot], 'worm')).toMatchObject({ verb: 'Merge', change: { operation: 'merge', to: 'worm' } });
    expect(change([unnamed], 'x')).toMatchObject({ change: { from: { label: 'malicious', family: null } } });
    expect(change([worm], 'worm')).toEqual({ problem: null });
    expect(change([worm], '  ')).toEqual({ problem: null });
    expect(change([worm, benign], 'x')).toMatchObject({ problem: expect.stringContaining('both labels') });
  });
});
