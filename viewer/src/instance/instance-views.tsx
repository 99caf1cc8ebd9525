import { useSignal } from '@preact/signals';
import type { Instance, InstanceView } from '../../../src/schema/api/instance.js';
import { LoadedView } from '../components/loading.js';
import { Notice } from '../components/notice.js';
import { Select } from '../components/select.js';
import { useLoaded } from '../components/use-loaded.js';
import type { Source } from '../source/source.js';

export interface InstanceViewsProps {
  readonly source: Source;
  readonly experiment: string;
  readonly instance: Instance;
  readonly part: string | undefined;
}

/** The project's own views of its instances, such as the text of a mail; folded until asked for. */
export function InstanceViews({ source, experiment, instance, part }: InstanceViewsProps) {
  const { views, instanceId } = instance;
  const chosen = useSignal(views[0]?.name ?? '');
  const loaded = useLoaded(
    () => source.instanceView(experiment, instanceId, chosen.value, part),
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
  if (view.frame === null) {
    return (
      <pre class="instance-text" tabIndex={0}>
        {view.text}
      </pre>
    );
  }
  return (
    <iframe
      class="instance-frame"
      title={view.title}
      sandbox="allow-scripts"
      src={view.frame}
      onLoad={({ currentTarget }) =>
        currentTarget.contentWindow?.postMessage({ type: 'secuml-instance', instance, text: view.text }, '*')
      }
    />
  );
}
