import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../src/db/open-database.js';
import type { FamilyEdit } from '../../../../src/schema/family-edit.js';
import { chooseFamily, planFamilyEdit } from '../../../../src/workspace/labels/editing/plan-family-edit.js';
import { applyOperation, ChangedMeanwhile } from '../../../../src/workspace/labels/editing/apply-operation.js';
import { labelCsv } from '../../../../src/workspace/labels/label-csv.js';
import { planImport } from '../../../../src/workspace/labels/editing/import-labels.js';
import {
  familyOperation,
  importOperation,
  undoOperation,
} from '../../../../src/workspace/labels/editing/set-operations.js';
import { LabelHistory } from '../../../../src/workspace/labels/editing/label-history.js';
import { operationTitle } from '../../../../src/workspace/labels/editing/operation-titles.js';
import { type LabelChange, LabelStore } from '../../../../src/workspace/labels/label-store.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-editing-'));
const database = openDatabase({ kind: 'sqlite', file: join(folder, 'secuml.db') });
afterAll(async () => {
  await (await database).close();
  rmSync(folder, { recursive: true, force: true });
});

const given: readonly (readonly [string, 'malicious' | 'benign', string | null])[] = [
  ['1', 'malicious', 'worm'],
  ['2', 'malicious', 'worm'],
  ['3', 'malicious', 'bot'],
  ['4', 'benign', 'office'],
  ['5', 'benign', 'worm'],
  ['6', 'malicious', null],
];

const labels = new Map(
  given.map(([id, label, family], k) => [
    id,
    { label, family, ident: `file ${id}`, n: k + 1, at: '2026-01-01T00:00:00.000Z', author: null },
  ]),
);

let sets = 0;
/** A set of its own with those answers, and what a test does with it. */
async function newSet() {
  const store = new LabelStore(folder, await database);
  const set = { project: 'P', dataset: 'D', set: `set ${++sets}` };
  const answer = (instanceId: string, label: 'malicious' | 'benign' | null, family: string | null) =>
    store.append(set, [
      { instanceId, ident: `file ${instanceId}`, label, family, author: null, source: 'page', iteration: null },
    ]);
  for (const [id, label, family] of given) await answer(id, label, family);
  const state = async (): Promise<Record<string, string>> =>
    Object.fromEntries([...(await store.current(set))].map(([id, { label, family }]) => [id, `${label} ${family}`]));
  const edit = (change: FamilyEdit) => applyOperation(store, set, familyOperation(change), { author: 'ann' });
  const undo = (number?: number) => applyOperation(store, set, undoOperation(number), { author: 'ben' });
  const history = async () => new LabelHistory(await store.events(set));
  return { store, set, answer, state, edit, undo, history };
}

const worm = { label: 'malicious', family: 'worm' } as const;
const bot = { label: 'malicious', family: 'bot' } as const;
const rename: FamilyEdit = { operation: 'rename', from: worm, to: 'zbot' };
const merge: FamilyEdit = { operation: 'merge', from: [worm, bot], to: 'bot' };

const changesOf = (edit: FamilyEdit): string[] =>
  planFamilyEdit(labels, edit).changes.map(({ instanceId, label, family }) => `${instanceId} ${label} ${family}`);

describe('a change of families', () => {
  it('touches the instances of the family under its label, and no others', () => {
    expect(changesOf(rename)).toStrictEqual(['1 malicious zbot', '2 malicious zbot']);
    expect(changesOf(merge)).toStrictEqual(['1 malicious bot', '2 malicious bot']);
    expect(changesOf({ operation: 'split', from: worm, instances: ['2', '2'], to: 'zbot' })).toStrictEqual([
      '2 malicious zbot',
    ]);
    expect(changesOf({ operation: 'swap', from: [worm, { label: 'benign', family: 'worm' }] })).toStrictEqual([
      '1 benign worm',
      '2 benign worm',
      '5 malicious worm',
    ]);
    expect(changesOf({ operation: 'rename', from: { label: 'malicious', family: null }, to: 'new' })).toStrictEqual([
      '6 malicious new',
    ]);
  });

  it('says what people may not have thought of', () => {
    expect(planFamilyEdit(labels, { operation: 'swap', from: [worm] }).notes).toStrictEqual([
      '"worm" has 1 instance under benign already: they become one family',
    ]);
    expect(planFamilyEdit(labels, { operation: 'split', from: worm, instances: ['1'], to: 'bot' }).notes).toStrictEqual(
      ['they join the 1 instance that "bot" has'],
    );
    expect(planFamilyEdit(labels, { operation: 'merge', from: [worm, bot], to: 'office' }).notes).toStrictEqual([
      '"office" is the name of 1 benign instance, too: that stays another family',
    ]);
  });

  it.each<[string, FamilyEdit, RegExp]>([
    ['a name that is taken', { ...rename, to: 'bot' }, /there is a malicious family "bot" already \(1 instance\)/],
    ['the same name', { ...rename, to: 'worm' }, /called "worm" already/],
    ['an unknown family', { ...rename, from: { label: 'malicious', family: 'x' } }, /no malicious instance .* "x"/],
    ['both labels', { ...merge, from: [worm, { label: 'benign', family: 'office' }] }, /is malicious and .* benign/],
    ['a merge of one', { operation: 'merge', from: [worm, worm], to: 'new' }, /at least two families/],
    ['a merge into itself', { operation: 'merge', from: [worm], to: 'worm' }, /at least two families/],
    [
      'instances of other families',
      { operation: 'split', from: worm, instances: ['1', '3', '9'], to: 'n' },
      /not of the family "worm": 3 is malicious "bot", 9 has no label/,
    ],
  ])('refuses %s', (_what, edit, message) => {
    expect(() => planFamilyEdit(labels, edit)).toThrow(message);
  });

  it('asks for the label where a name has both', () => {
    const counts = [
      { family: 'worm', label: 'malicious', instances: 2 },
      { family: 'worm', label: 'benign', instances: 1 },
    ] as const;
    const none = { malicious: 0, benign: 3 };
    expect(() => chooseFamily(counts, 'worm', undefined, none)).toThrow(/2 malicious instances and 1 benign instance/);
    expect(chooseFamily(counts, 'worm', 'benign', none)).toStrictEqual({ label: 'benign', family: 'worm' });
    expect(chooseFamily(counts, null, undefined, none)).toStrictEqual({ label: 'benign', family: null });
    expect(() => chooseFamily(counts, 'wurm', undefined, none)).toThrow(/no family "wurm" \(did you mean "worm"\?\)/);
  });
});

describe('operations', () => {
  it('are events of one source, with what was there before, and one undo takes them back', async () => {
    const { edit, undo, state, store, set, history } = await newSet();
    const before = await state();
    expect(await edit(merge)).toMatchObject({ changed: 2, range: { first: 7, last: 8 } });
    const events = await store.events(set);
    expect(events.slice(6)).toMatchObject([
      { n: 7, author: 'ann', source: 'family merge 7-8', previous: { label: 'malicious', family: 'worm' } },
      { n: 8, author: 'ann', source: 'family merge 7-8', family: 'bot', ident: 'file 2' },
    ]);
    expect(await undo()).toMatchObject({ changed: 2, title: 'take back events 7 to 8: merge "worm" into "bot"' });
    expect((await store.events(set)).at(-1)?.source).toBe('labels undo 9-10 of 7-8');
    expect(await state()).toStrictEqual(before);
    expect((await history()).operations).toMatchObject([
      { kind: 'family merge', undone: true, holding: 0 },
      { kind: 'labels undo', undone: false, of: { first: 7, last: 8 } },
    ]);
    await expect(undo()).rejects.toThrow('no operation to take back');
    await expect(undo(9)).rejects.toThrow('itself an undo');
  });

  it('are undone one after the other to the very beginning', async () => {
    const { edit, undo, state, history } = await newSet();
    const states = [await state()];
    for (const change of [
      rename,
      { operation: 'merge', from: [{ label: 'malicious', family: 'zbot' }, bot], to: 'bot' },
      { operation: 'swap', from: [bot] },
      { operation: 'split', from: { label: 'benign', family: 'bot' }, instances: ['3'], to: 'late' },
    ] satisfies FamilyEdit[]) {
      await edit(change);
      states.push(await state());
    }
    for (const earlier of states.slice(0, -1).toReversed()) {
      await undo();
      expect(await state()).toStrictEqual(earlier);
    }
    const { operations } = await history();
    expect(operations.slice(0, 4).map(({ undone, holding }) => [undone, holding])).toStrictEqual(
      Array.from({ length: 4 }, () => [true, 0]),
    );
  });

  it('leave newer answers as they are, and take back what a person names', async () => {
    const { edit, undo, answer, state, history } = await newSet();
    await edit(rename);
    await answer('1', 'benign', 'office');
    expect(await undo()).toMatchObject({
      changed: 1,
      notes: ['1 instance of it undone or answered anew since: what they say stays'],
    });
    expect(await state()).toMatchObject({ 1: 'benign office', 2: 'malicious worm' });
    // The answer to instance 1 is event 9: without it, the rename holds for 1 again, and can be undone there too.
    expect(await undo(9)).toMatchObject({ changed: 1 });
    expect(await state()).toMatchObject({ 1: 'malicious zbot', 2: 'malicious worm' });
    await undo();
    expect(await state()).toMatchObject({ 1: 'malicious worm', 2: 'malicious worm' });
    await expect(undo(99)).rejects.toThrow('no event 99');
    await expect(undo(9)).rejects.toThrow('nothing is left of event 9');
    expect((await history()).operations.map(({ kind }) => kind)).toStrictEqual([
      'family rename',
      'labels undo',
      'labels undo',
      'labels undo',
    ]);
  });

  it('write nothing where the labels are others than was said', async () => {
    const { store, set, answer, state } = await newSet();
    await answer('7', 'malicious', 'worm');
    const before = await state();
    const apply = applyOperation(store, set, familyOperation(rename), { author: null, expected: 2 });
    await expect(apply).rejects.toThrow(ChangedMeanwhile);
    expect(await state()).toStrictEqual(before);
  });

  it('that a kill cut short are known by their range, and undone as far as they came', async () => {
    const { edit, undo, state, history, store, set } = await newSet();
    await edit(merge);
    const path = join(folder, 'P', 'D', 'labels', `${set.set}.jsonl`);
    const lines = (await readFile(path, 'utf8')).split('\n');
    const cut = new LabelStore(folder, await database);
    const other = { ...set, set: `${set.set} cut` };
    await cut.append(other, []);
    await appendFile(path.replace(set.set, other.set), `${lines.slice(0, 7).join('\n')}\n`);
    const { operations } = new LabelHistory(await cut.events(other));
    expect(operations).toMatchObject([{ first: 7, last: 8, written: 1, holding: 1 }]);
    await applyOperation(cut, other, undoOperation(), { author: null });
    expect((await cut.current(other)).get('1')).toMatchObject({ label: 'malicious', family: 'worm' });
    await undo();
    expect((await state())['1']).toBe('malicious worm');
    expect(operationTitle(await history(), (await history()).operations[0])).toBe('merge "worm" into "bot"');
    expect(await store.families(set)).toContainEqual({ family: 'worm', label: 'malicious', instances: 2 });
  });

  it('are taken back exactly, whatever they were', async () => {
    const names = fc.constantFrom('a', 'b', 'c', null);
    const family = fc.record({ label: fc.constantFrom('malicious' as const, 'benign' as const), family: names });
    const to = fc.constantFrom('a', 'b', 'c', 'd');
    const edits = fc.array(
      fc.oneof(
        fc.record({ operation: fc.constant('rename'), from: family, to }),
        fc.record({ operation: fc.constant('merge'), from: fc.array(family, { minLength: 1, maxLength: 3 }), to }),
        fc.record({ operation: fc.constant('swap'), from: fc.array(family, { minLength: 1, maxLength: 2 }) }),
        fc.record({ operation: fc.constant('split'), from: family, instances: fc.constant(['1']), to }),
      ) as fc.Arbitrary<FamilyEdit>,
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(edits, async (wanted) => {
        const { edit, undo, state, history, answer } = await newSet();
        for (const [id, name] of [
          ['1', 'a'],
          ['2', 'b'],
          ['4', 'c'],
        ] as const)
          await answer(id, 'malicious', name);
        const states: Record<string, string>[] = [];
        for (const change of wanted) {
          const before = await state();
          // What makes no sense in this set is refused, and then changes nothing.
          const done = await edit(change).catch(() => null);
          if (done !== null) states.push(before);
          else expect(await state()).toStrictEqual(before);
        }
        for (const earlier of states.toReversed()) {
          await undo();
          expect(await state()).toStrictEqual(earlier);
        }
        expect((await history()).lastStanding).toBeUndefined();
      }),
      { numRuns: 15 },
    );
  });
});

describe('labels of a file', () => {
  const file = (...lines: LabelChange[]) => ({ file: 'f.csv', labels: lines as never });
  const line = (instanceId: string, label: 'malicious' | 'benign', family: string | null): LabelChange => {
    return { instanceId, ident: `file ${instanceId}`, label, family };
  };

  it('change what differs, or only what is new, or everything', () => {
    const lines = file(line('1', 'malicious', 'worm'), line('3', 'benign', null), line('9', 'benign', 'office'));
    expect(planImport(labels, lines, { keep: false, replace: false })).toMatchObject({
      changes: [line('3', 'benign', null), line('9', 'benign', 'office')],
      notes: ['1 label given', '1 label changed', '1 label there already'],
    });
    expect(planImport(labels, lines, { keep: true, replace: false }).changes).toStrictEqual([
      line('9', 'benign', 'office'),
    ]);
    const all = planImport(labels, lines, { keep: false, replace: true });
    expect(all.changes.filter(({ label }) => label === null).map(({ instanceId }) => instanceId)).toStrictEqual([
      '2',
      '4',
      '5',
      '6',
    ]);
  });

  it('are one operation, and undone as one', async () => {
    const { store, set, state, undo } = await newSet();
    const before = await state();
    const lines = file(line('1', 'benign', null), line('10', 'benign', 'office'));
    await applyOperation(store, set, importOperation(lines, { keep: false, replace: true }), { author: null });
    expect(await state()).toStrictEqual({ 1: 'benign null', 10: 'benign office' });
    expect(await undo()).toMatchObject({
      title: 'take back events 7 to 13: import: 1 label given, 1 label changed, 5 labels taken back',
    });
    expect(await state()).toStrictEqual(before);
  });

  it('are written as the dataset has them: numbers in their order, texts quoted, nothing put before a formula', () => {
    const named = new Map(
      ['b', '10', '2', '=a'].map((id) => [id, { ...(labels.get('1') as never as object), family: `=f,"${id}"` }]),
    );
    expect([...labelCsv(named as never)].join('')).toBe(
      'instance_id,label,family\n2,malicious,"=f,""2"""\n10,malicious,"=f,""10"""\n=a,malicious,"=f,""=a"""\nb,malicious,"=f,""b"""\n',
    );
  });
});
