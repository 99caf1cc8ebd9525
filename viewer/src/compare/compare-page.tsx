import type { ExperimentPage } from '../../../src/schema/api/experiments.js';
import type { ComparisonDocument } from '../../../src/schema/comparison.js';
import { useRouter, useSource } from '../app/context.js';
import { Link } from '../app/link.js';
import { homePath } from '../app/routes.js';
import { Shell } from '../app/shell.js';
import { CopyField } from '../components/copy-field.js';
import { DataText } from '../components/data-text.js';
import { LoadedView } from '../components/loading.js';
import { MessageText } from '../components/message-text.js';
import { messageOf, Notice } from '../components/notice.js';
import { PanelGrid } from '../components/panel.js';
import { Select } from '../components/select.js';
import { useLoaded } from '../components/use-loaded.js';
import { partTitle } from '../text/headline-names.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import { type CompareState, readCompareState, writeCompareState } from './compare-state.js';
import { FiguresPanel } from './figures-panel.js';
import { HeadlinesPanel } from './headlines-panel.js';
import {
  AgreementPanel,
  ChangesPanel,
  FamilyChangesPanel,
  SettingDifferencesPanel,
  VerdictsPanel,
} from './pair-panels.js';

const changesShown = 100;

/** Two or more experiments side by side: all others against the first. */
export function ComparePage() {
  const { query } = useRouter().address.value;
  const state = readCompareState(query);
  return (
    <Shell title="Compare" crumbs={[{ title: 'Experiments', to: homePath }, { title: 'Compare' }]}>
      <h1 class="page-title">Compare</h1>
      {state.ids.length < 2 ? (
        <Notice kind="empty" title="Two experiments make a comparison">
          Choose them among <Link to={homePath}>all experiments</Link>.
        </Notice>
      ) : (
        <Comparison state={state} />
      )}
    </Shell>
  );
}

/** What was asked for, or why the experiments have nothing in common. */
type Compared = { readonly document: ComparisonDocument } | { readonly problem: string };

function Comparison({ state }: { readonly state: CompareState }) {
  const source = useSource();
  const ids = state.ids.join('\n');
  const pages = useLoaded(() => Promise.all(state.ids.map((id) => source.experiment(id))), [ids], { keep: true });
  const compared = useLoaded<Compared>(
    () =>
      source.compare(state.ids, state.part, changesShown).then(
        (document) => ({ document }),
        (error: unknown) => ({ problem: messageOf(error) }),
      ),
    [ids, state.part],
    { keep: true },
  );
  return (
    <LoadedView of={pages} what="the experiments">
      {(experiments) => (
        <>
          <Choices state={state} pages={experiments} />
          <LoadedView of={compared} what="the comparison" lines={10}>
            {(result) =>
              'problem' in result ? (
                <>
                  <Notice kind="warning" title="They cannot be compared instance by instance">
                    <MessageText text={result.problem} />
                  </Notice>
                  <PanelGrid>
                    <HeadlinesPanel pages={experiments} />
                  </PanelGrid>
                </>
              ) : (
                <Findings document={result.document} state={state} />
              )
            }
          </LoadedView>
        </>
      )}
    </LoadedView>
  );
}

interface ChoicesProps {
  readonly state: CompareState;
  readonly pages: readonly ExperimentPage[];
}

/** Which experiment is the first, on which part, and whose differences are shown in detail. */
function Choices({ state, pages }: ChoicesProps) {
  const router = useRouter();
  const change = (changes: Partial<CompareState>): void =>
    router.setQuery(writeCompareState({ ...state, ...changes }), 'push');
  const named = pages.map(({ summary }) => ({ value: summary.id, title: nameOf(summary) }));
  const parts = [...new Set(pages.flatMap(({ document }) => document?.panels.flatMap(({ part }) => part ?? []) ?? []))];
  return (
    <div class="choices">
      <Select
        label="First"
        value={state.ids[0]}
        choices={named}
        onChange={(id) => change({ ids: [id, ...state.ids.filter((other) => other !== id)], other: null })}
      />
      <Select
        label="Part"
        value={state.part ?? ''}
        choices={[
          { value: '', title: 'the best they share' },
          ...parts.map((part) => ({ value: part, title: shortenMiddle(visibleText(partTitle(part)), 40) })),
        ]}
        onChange={(part) => change({ part: part === '' ? null : part })}
      />
      {state.ids.length > 2 && (
        <Select
          label="In detail"
          value={state.other ?? state.ids[1]}
          choices={named.slice(1)}
          onChange={(other) => change({ other })}
        />
      )}
    </div>
  );
}

const nameOf = ({ name, id }: ExperimentPage['summary']): string => shortenMiddle(visibleText(name ?? id), 40);

function Findings({ document, state }: { readonly document: ComparisonDocument; readonly state: CompareState }) {
  const pair = document.pairs.find(({ other }) => other.id === state.other) ?? document.pairs[0];
  const command = `secuml compare ${state.ids.join(' ')}${state.part === null ? '' : ` --part ${state.part}`}`;
  return (
    <>
      {document.pairs.flatMap(({ notes }) => notes).length > 0 && (
        <Notice kind="warning">
          {[...new Set(document.pairs.flatMap(({ notes }) => notes))].map((note) => (
            <p key={note}>
              <DataText text={note} max={600} />
            </p>
          ))}
        </Notice>
      )}
      <PanelGrid>
        <FiguresPanel document={document} />
        <AgreementPanel document={document} pair={pair} />
        <VerdictsPanel document={document} pair={pair} />
        <FamilyChangesPanel document={document} pair={pair} />
        <ChangesPanel document={document} pair={pair} />
        <SettingDifferencesPanel document={document} pair={pair} />
      </PanelGrid>
      <div class="after-panels">
        <CopyField label="The same in the terminal" text={command} />
      </div>
    </>
  );
}
