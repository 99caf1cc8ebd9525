import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { LoopStateResponse, QueryDetailsResponse } from '../../../src/schema/api/loops.js';
import type { GivenLabel, LoopQuery } from '../../../src/schema/labelling.js';
import type { LabelWord } from '../../../src/schema/vocabulary.js';
import { useKeys } from '../app/keys.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { FamilyPicker } from '../components/family-picker.js';
import { AuthorField } from '../labels/author-field.js';
import { formatCount } from '../text/numbers.js';

/** Families that a number key picks. */
const quickPicks = 9;

export interface AnswerBoxProps {
  readonly query: LoopQuery;
  readonly families: LoopStateResponse['families'];
  /** The instances alike, as far as they are shown; null until they are there. */
  readonly alike: QueryDetailsResponse['duplicates'] | null;
  readonly onAnswer: (given: GivenLabel, withDuplicates: boolean) => void;
  readonly onPass: (how: 'skipped' | 'unsure') => void;
  readonly onUndo: () => void;
}

/** The answer to one query: the suggestion, two labels, a family by number or typing. */
export function AnswerBox({ query, families, alike: others, onAnswer, onPass, onUndo }: AnswerBoxProps) {
  const { suggestion, answer, duplicates } = query;
  const family = useSignal(answer?.family ?? '');
  const alike = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const sure = suggestion?.confidence === 'high' ? suggestion : null;
  const say = (label: LabelWord, own = family.peek()): void => {
    onAnswer({ label, family: own.trim() === '' ? null : own.trim() }, alike.peek());
  };
  const accept = (): void => {
    if (sure) onAnswer({ label: sure.label, family: sure.family }, alike.peek());
  };
  const quick = families.slice(0, quickPicks);
  useKeys('Labelling', [
    ...(sure ? [{ key: 'Enter', title: 'accept the suggestion', run: accept }] : []),
    { key: 'm', title: 'malicious', run: () => say('malicious') },
    { key: 'b', title: 'benign', run: () => say('benign') },
    {
      key: 'f',
      title: 'type a family',
      run: () => box.current?.querySelector<HTMLElement>('[role=combobox]')?.focus(),
    },
    ...quick.map(({ family: name, label }, k) => ({
      key: String(k + 1),
      title: `family ${k + 1} of the list`,
      run: () => say(label, name),
    })),
    {
      key: 'd',
      title: 'show those alike and settle them, too',
      run: () => (alike.value = duplicates > 0 && !alike.peek()),
    },
    { key: 'x', title: 'unsure', run: () => onPass('unsure') },
    { key: 's', title: 'skip', run: () => onPass('skipped') },
    { key: 'u', title: 'take the last action back', run: onUndo },
  ]);
  return (
    <div class="answer-box" ref={box}>
      {suggestion && (
        <p class="suggestion">
          {sure ? 'Suggested: ' : 'Perhaps: '}
          <LabelBadge label={suggestion.label} />{' '}
          {suggestion.family !== null && <DataText text={suggestion.family} max={48} />}
          {sure && (
            <button type="button" class="primary" onClick={accept}>
              Accept <kbd>Enter</kbd>
            </button>
          )}
        </p>
      )}
      <FamilyPicker
        label="Family (f)"
        value={family.value}
        known={families}
        onChange={(name) => (family.value = name)}
        onPick={(choice) => {
          const label = 'isNew' in choice ? 'malicious' : (choice.label ?? 'malicious');
          box.current?.querySelector<HTMLElement>(`[data-label=${label}]`)?.focus();
        }}
        onLeave={() => box.current?.querySelector<HTMLElement>('[data-label=malicious]')?.focus()}
      />
      <div class="answer-buttons">
        <button type="button" data-label="malicious" onClick={() => say('malicious')}>
          ▲ Malicious <kbd>m</kbd>
        </button>
        <button type="button" data-label="benign" onClick={() => say('benign')}>
          ● Benign <kbd>b</kbd>
        </button>
        <button type="button" onClick={() => onPass('unsure')}>
          Unsure <kbd>x</kbd>
        </button>
        <button type="button" onClick={() => onPass('skipped')}>
          Skip <kbd>s</kbd>
        </button>
        <button type="button" onClick={onUndo}>
          Take back <kbd>u</kbd>
        </button>
      </div>
      {duplicates > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={alike.value}
            onChange={({ currentTarget }) => (alike.value = currentTarget.checked)}
          />
          Settle the {formatCount(duplicates)} with the same features or nearly so, too <kbd>d</kbd>
        </label>
      )}
      {alike.value && duplicates > 0 && <AlikeList others={others} count={duplicates} />}
      {quick.length > 0 && (
        <ol class="quick-families" aria-label="Families by number">
          {quick.map(({ family: name, label, instances }, k) => (
            <li key={`${label} ${name}`}>
              <button type="button" class="small quiet" onClick={() => say(label, name)}>
                <kbd>{k + 1}</kbd> <LabelBadge label={label} short /> <DataText text={name} max={28} />{' '}
                <span class="quiet-text">{formatCount(instances)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      <AuthorField />
    </div>
  );
}

/** What one answer settles besides its own instance. */
function AlikeList({ others, count }: { readonly others: AnswerBoxProps['alike']; readonly count: number }) {
  if (others === null) return <p class="quiet-text">Reading which they are …</p>;
  return (
    <div class="alike-list" role="region" aria-label="Instances that the answer settles, too" tabIndex={0}>
      <ul>
        {others.map(({ instanceId, ident }) => (
          <li key={instanceId}>
            <DataText text={ident} max={80} />{' '}
            <span class="quiet-text">
              id <DataText text={instanceId} max={40} />
            </span>
          </li>
        ))}
      </ul>
      {others.length < count && <p class="quiet-text">and {formatCount(count - others.length)} more</p>}
    </div>
  );
}
