import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SetChange } from '../../../src/schema/api/labels.js';
import type { LabelledFamily } from '../../../src/schema/family-edit.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { formatCount } from '../text/numbers.js';
import { FamilyNameField } from './family-name-field.js';
import { familyTitle } from './family-columns.js';
import { familyKey } from './labels-state.js';
import type { LabelsStore } from './labels-store.js';
import type { Operations } from './use-operation.js';

type SizedFamily = LabelsStore['page']['families'][number];

export interface ChosenFamiliesProps {
  readonly store: LabelsStore;
  readonly chosen: readonly SizedFamily[];
  readonly operations: Operations;
}

const shownFamilies = 8;
const keyHints = [
  ['n', 'name: rename, merge'],
  ['x', 'split'],
  ['s', 'swap the label'],
  ['u', 'undo'],
] as const;
const otherLabel = { malicious: 'benign', benign: 'malicious' } as const;

/**
 * What a name makes of the families chosen: a new name, or one family of several, or of one and another that bears that
 * name already. Null with the reason where it makes nothing.
 */
export function nameChange(
  chosen: readonly LabelledFamily[],
  families: readonly LabelledFamily[],
  typed: string,
): { readonly change: SetChange; readonly verb: 'Rename' | 'Merge' } | { readonly problem: string | null } {
  const to = typed.trim();
  const [first] = chosen;
  if (first === undefined) return { problem: null };
  if (chosen.some(({ label }) => label !== first.label)) {
    return { problem: 'Families of both labels cannot be one: swap the label of some first.' };
  }
  if (to === '' || (chosen.length === 1 && first.family === to)) return { problem: null };
  const from = chosen.map(({ label, family }) => ({ label, family }));
  const exists = families.some(({ label, family }) => label === first.label && family === to);
  if (chosen.length === 1 && !exists) return { verb: 'Rename', change: { operation: 'rename', from: from[0], to } };
  return { verb: 'Merge', change: { operation: 'merge', from, to } };
}

/** The families chosen, and what can be done with all of them at once. */
export function ChosenFamilies({ store, chosen, operations }: ChosenFamiliesProps) {
  const { page, change } = store;
  const name = useSignal('');
  const keys = chosen.map(familyKey).join('\n');
  useEffect(() => {
    // Several are most likely to be called as the largest of them.
    const [largest] = chosen.toSorted((a, b) => b.instances - a.instances);
    name.value = largest?.family ?? '';
  }, [keys]);
  if (chosen.length === 0) {
    return (
      <Panel title="No family chosen">
        <p class="muted">
          Click a family, or mark it with <kbd>Space</kbd> and others with it: one is renamed, split or swapped, several
          are merged.
        </p>
        <p class="muted key-hints">
          {keyHints.map(([key, what]) => (
            <span key={key}>
              <kbd>{key}</kbd> {what}
            </span>
          ))}
        </p>
      </Panel>
    );
  }
  const [{ label }] = chosen;
  const instances = chosen.reduce((sum, family) => sum + family.instances, 0);
  const named = nameChange(chosen, page.families, name.value);
  const swapped = chosen.map((family) => ({ label: otherLabel[family.label], family: family.family }));
  const oneLabel = chosen.every((family) => family.label === label);
  return (
    <Panel
      title={chosen.length === 1 ? <FamilyTitle family={chosen[0]} /> : `${formatCount(chosen.length)} families chosen`}
      note={`${formatCount(instances)} ${instances === 1 ? 'instance' : 'instances'}`}
      actions={
        <button type="button" class="quiet" onClick={() => change({ chosen: [] })}>
          Choose none
        </button>
      }
    >
      {chosen.length > 1 && (
        <ul class="chosen-families">
          {chosen.slice(0, shownFamilies).map((family) => (
            <li key={familyKey(family)}>
              <FamilyTitle family={family} /> <span class="muted">{formatCount(family.instances)}</span>
            </li>
          ))}
          {chosen.length > shownFamilies && (
            <li class="muted">and {formatCount(chosen.length - shownFamilies)} more</li>
          )}
        </ul>
      )}
      <form
        class="family-operation"
        onSubmit={(event) => {
          event.preventDefault();
          if (!('change' in named)) return;
          const to = { label, family: name.peek().trim() };
          operations.ask(named.change, () => change({ chosen: [to] }));
        }}
      >
        <FamilyNameField
          class="family-name"
          label={chosen.length === 1 ? 'New name' : 'Name of the one family'}
          value={name}
          families={page.families.filter((family) => family.label === label)}
        />
        <button type="submit" class="strong" disabled={!('change' in named) || operations.busy.value}>
          {'verb' in named ? named.verb : chosen.length === 1 ? 'Rename' : 'Merge'}
        </button>
      </form>
      {'problem' in named && named.problem !== null && <p class="muted">{named.problem}</p>}
      <div class="family-operation">
        <button
          type="button"
          disabled={operations.busy.value}
          onClick={() =>
            operations.ask(
              { operation: 'swap', from: chosen.map(({ label: of, family }) => ({ label: of, family })) },
              () => change({ chosen: swapped }),
            )
          }
        >
          {oneLabel ? `Make ${chosen.length === 1 ? 'it' : 'them'} ${otherLabel[label]}` : 'Swap the labels'}
        </button>
        <button
          type="button"
          class="link"
          hidden={chosen.length > 1}
          onClick={() => store.showInstances({ label, family: chosen[0].family, unnamed: chosen[0].family === null })}
        >
          Show in the list of instances
        </button>
      </div>
    </Panel>
  );
}

function FamilyTitle({ family }: { readonly family: LabelledFamily }) {
  return (
    <span class="family-title" aria-label={familyTitle(family)}>
      <LabelBadge label={family.label} short />{' '}
      {family.family === null ? '(no family)' : <DataText text={family.family} max={60} />}
    </span>
  );
}
