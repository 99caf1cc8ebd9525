import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Instance, LabelHistory } from '../../../src/schema/api/instance.js';
import { useKeys } from '../app/keys.js';
import { Link } from '../app/link.js';
import { labelsPath } from '../app/routes.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { FamilyPicker } from '../components/family-picker.js';
import { LoadedView } from '../components/loading.js';
import { messageOf, Notice } from '../components/notice.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import type { Source } from '../source/source.js';
import { AuthorField, authorToSend } from '../labels/author-field.js';
import { chosenSet } from '../labels/chosen-set.js';
import { LabelSetChoice } from '../labels/label-set-choice.js';

type Label = 'malicious' | 'benign';

/** What is to be known of an instance to label it; `family` is what the truth says, to begin with. */
export type LabelSubject = Pick<Instance, 'project' | 'dataset' | 'instanceId' | 'ident' | 'family'>;

export interface InstanceLabelsProps {
  readonly source: Source;
  readonly instance: LabelSubject;
  /** The label set that the page is about; absent: the one chosen in its header, which can be chosen here too. */
  readonly set?: string;
  /** After each answer that was kept. */
  readonly onAnswer?: () => void;
}

/** Labels an instance in a label set, with every answer that was given before; nothing that was said is lost. */
export function InstanceLabels({ source, instance, set: given, onAnswer }: InstanceLabelsProps) {
  const { project, dataset } = instance;
  const set = given ?? chosenSet.value;
  const sets = useLoaded(() => source.labelSets(project, dataset), [project, dataset], { keep: true });
  const known = sets.state === 'there' ? sets.value : [];
  const name = { project, dataset, set };
  const history = useLoaded(() => source.labelHistory(name, instance.instanceId), [set, instance.instanceId], {
    keep: true,
  });
  return (
    <section aria-label="Labels" class="instance-labels">
      {given === undefined && (
        <div class="list-controls">
          <LabelSetChoice value={set} known={known} onChange={(next) => (chosenSet.value = next)} />
          {known.includes(set) && (
            <Link to={`${labelsPath(project, dataset)}?${new URLSearchParams({ set })}`}>All labels of the set</Link>
          )}
        </div>
      )}
      <LoadedView of={history} what="the labels">
        {(value) => (
          <Answer
            key={`${set} ${instance.instanceId}`}
            instance={instance}
            history={value}
            withAuthor={given === undefined}
            say={async (label, family, author) => {
              const seen = value.events.at(-1)?.n ?? 0;
              const { instanceId, ident } = instance;
              const kept = await source.answer(name, { instanceId, ident, label, family, author, seen });
              if (history.state === 'there') history.again();
              if (sets.state === 'there') sets.again();
              onAnswer?.();
              return kept;
            }}
          />
        )}
      </LoadedView>
    </section>
  );
}

interface AnswerProps {
  readonly instance: LabelSubject;
  readonly history: LabelHistory;
  /** Not where the page asks for the name elsewhere. */
  readonly withAuthor: boolean;
  readonly say: (label: Label | null, family: string | null, author: string | null) => ReturnType<Source['answer']>;
}

function Answer({ instance, history, withAuthor, say }: AnswerProps) {
  const family = useSignal(history.family ?? instance.family ?? '');
  const told = useSignal<{ kind: 'information' | 'warning' | 'error'; text: string } | null>(null);
  const busy = useSignal(false);
  const buttons = useRef<HTMLDivElement>(null);
  const answer = async (label: Label | null, asFamily: string | null): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    try {
      const { overtook, warning } = await say(label, asFamily || null, authorToSend());
      const before = overtook && `${overtook.author ?? 'somebody'} said ${overtook.label ?? 'nothing'} meanwhile`;
      told.value = before
        ? { kind: 'warning', text: `${before}: both answers are kept, yours counts. Answer again to change it.` }
        : { kind: warning === null ? 'information' : 'warning', text: warning ?? 'Saved.' };
    } catch (error) {
      told.value = { kind: 'error', text: messageOf(error) };
    } finally {
      busy.value = false;
    }
  };
  const last = history.events.at(-1);
  const takeBack = (): void => {
    if (last !== undefined) void answer(last.previous?.label ?? null, last.previous?.family ?? null);
  };
  useKeys('Labelling', [
    { key: 'm', title: 'malicious', run: () => void answer('malicious', family.peek()) },
    { key: 'b', title: 'benign', run: () => void answer('benign', family.peek()) },
    { key: 'f', title: 'family', run: () => buttons.current?.querySelector<HTMLElement>('[role=combobox]')?.focus() },
    { key: 'u', title: 'take the last answer back', run: takeBack },
  ]);
  return (
    <>
      <p class="label-now">
        Says now: <LabelBadge label={history.label} />{' '}
        {history.family !== null && <DataText text={history.family} max={60} />}
      </p>
      <div class="list-controls" ref={buttons}>
        <FamilyPicker
          label="Family"
          value={family.value}
          known={history.families}
          onChange={(name) => (family.value = name)}
          onPick={(choice) => {
            // The answer that the family goes with is one more Enter away.
            const label = 'isNew' in choice ? 'malicious' : (choice.label ?? 'malicious');
            buttons.current?.querySelector<HTMLElement>(`[data-label=${label}]`)?.focus();
          }}
          onLeave={() => buttons.current?.closest<HTMLElement>('.drawer')?.focus()}
        />
        <button
          type="button"
          data-label="malicious"
          disabled={busy.value}
          onClick={() => void answer('malicious', family.value)}
        >
          ▲ Malicious
        </button>
        <button
          type="button"
          data-label="benign"
          disabled={busy.value}
          onClick={() => void answer('benign', family.value)}
        >
          ● Benign
        </button>
        <button type="button" disabled={busy.value || last === undefined} onClick={takeBack}>
          Take back
        </button>
        {withAuthor && <AuthorField />}
      </div>
      <div role="status">{told.value !== null && <Notice kind={told.value.kind}>{told.value.text}</Notice>}</div>
      {history.events.length > 0 && (
        <SimpleTable
          caption="Answers about this instance, the latest first"
          rows={history.events.toReversed()}
          rowKey={({ n }) => n}
          columns={[
            { key: 'at', title: 'when', heads: true, cell: ({ at }) => at.slice(0, 19).replace('T', ' ') },
            { key: 'author', title: 'who', cell: (event) => <DataText text={event.author ?? 'unnamed'} max={30} /> },
            { key: 'label', title: 'label', cell: ({ label }) => (label === null ? 'taken back' : label) },
            { key: 'family', title: 'family', cell: (event) => <DataText text={event.family ?? ''} max={40} /> },
            { key: 'source', title: 'from', cell: (event) => <DataText text={sourceTitle(event.source)} max={30} /> },
          ]}
        />
      )}
    </>
  );
}

/** Where an answer came from: of an operation, what it was, without the numbers of its events. */
const sourceTitle = (source: string | null): string =>
  source?.replace(/^((?:family|labels) \w+) \d+-\d+(?: of \d+-\d+)?$/, '$1') ?? '';
