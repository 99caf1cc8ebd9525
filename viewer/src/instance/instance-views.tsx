import { useSignal } from '@preact/signals';
import type { Instance, InstanceView } from '../../../src/schema/api/instance.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { Select } from '../components/select.js';
import { useLoaded } from '../components/use-loaded.js';
import { remembered } from './remembered.js';
import type { InstanceOrigin, Source } from '../source/source.js';

export interface InstanceViewsProps {
  readonly source: Source;
  readonly origin: InstanceOrigin;
  readonly instance: Instance;
  readonly part: string | undefined;
}

/** The project's own views of its instances, such as the text of a mail; folded until asked for. */
export function InstanceViews({ source, origin, instance, part }: InstanceViewsProps) {
  const { views, instanceId } = instance;
  const chosen = useSignal(views[0]?.name ?? '');
  const loaded = useLoaded(
    () => source.instanceView(origin, instanceId, chosen.value, part),
    [instanceId, part, chosen.value],
  );
  return (
    <section aria-label="The original" class="instance-view">
      {views.length > 1 && (
        <Select
          label="View"
          value={chosen.value}
          choices={views.map(({ name, title }) => ({ value: name, title }))}
          onChange={(name) => (chosen.value = name)}
        />
      )}
      <LoadedView of={loaded} what="the view">
        {(view) => <Shown view={view} instance={instance} />}
      </LoadedView>
    </section>
  );
}

/** Text as text; a page of the project in a frame that can reach nothing. */
function Shown({ view, instance }: { readonly view: InstanceView; readonly instance: Instance }) {
  if (view.problem !== null && view.text === null) return <Notice kind="empty">{view.problem}</Notice>;
  return (
    <>
      {view.problem !== null && <Notice kind="information">{view.problem}</Notice>}
      {view.frame === null ? (
        <PlainText text={view.text} />
      ) : (
        <ProjectPage key={view.fingerprint} view={view} instance={instance} />
      )}
    </>
  );
}

function PlainText({ text }: { readonly text: string | null }) {
  return (
    <pre class="instance-text" tabIndex={0}>
      {text}
    </pre>
  );
}

/**
 * Runs only once somebody has said so, for this very page: no browser keeps a script from everything that others could
 * see of it (docs/instance-views.md).
 */
function ProjectPage({ view, instance }: { readonly view: InstanceView; readonly instance: Instance }) {
  const name = `page-${view.fingerprint}` as const;
  const allowed = useSignal(remembered.get(name) !== null);
  if (!allowed.value) {
    const allow = (): void => {
      remembered.set(name, 'allowed');
      allowed.value = true;
    };
    return (
      <>
        <Notice kind="warning" title="This project has a page of its own for its instances.">
          <p>
            It runs without any rights here, but its script could still tell the one who made it of the instances you
            look at. Show it if you trust where the project comes from.
          </p>
          <button type="button" onClick={allow}>
            Show the page
          </button>
        </Notice>
        {view.text !== null && <PlainText text={view.text} />}
      </>
    );
  }
  return (
    <iframe
      class="instance-frame"
      title={view.title}
      sandbox="allow-scripts"
      src={view.frame ?? undefined}
      onLoad={({ currentTarget }) =>
        currentTarget.contentWindow?.postMessage({ type: 'secuml-instance', instance, text: view.text }, '*')
      }
    />
  );
}
