import { useSource } from '../app/context.js';
import { Link } from '../app/link.js';
import { labelsPath } from '../app/routes.js';
import { useLoaded } from '../components/use-loaded.js';
import { chosenSet } from './chosen-set.js';
import { LabelSetChoice } from './label-set-choice.js';

/** In the header of a page on a dataset: the label set that its answers go into, and the way to what is in it. */
export function PageLabelSet({ project, dataset }: { readonly project: string; readonly dataset: string }) {
  const source = useSource();
  const sets = useLoaded(() => source.labelSets(project, dataset), [project, dataset], { keep: true });
  const known = sets.state === 'there' ? sets.value : [];
  return (
    <div class="page-label-set">
      <LabelSetChoice value={chosenSet.value} known={known} onChange={(set) => (chosenSet.value = set)} />
      <Link to={`${labelsPath(project, dataset)}?${new URLSearchParams({ set: chosenSet.value })}`}>Labels</Link>
    </div>
  );
}
