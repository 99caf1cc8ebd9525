import { DataText } from '../components/data-text.js';
import { formatCount } from '../text/numbers.js';
import { AuthorField } from './author-field.js';
import { LabelSetChoice } from './label-set-choice.js';
import type { LabelsStore } from './labels-store.js';

export interface LabelsHeadProps {
  readonly store: LabelsStore;
  readonly known: readonly string[];
  readonly onSet: (set: string) => void;
}

/** Which set this is, what it holds, who one is, and how to take it away. */
export function LabelsHead({ store, known, onSet }: LabelsHeadProps) {
  const { source, name, page } = store;
  const download = source.labelsDownload(name);
  const families = page.families.filter(({ family }) => family !== null).length;
  return (
    <div class="labels-head">
      <h1>
        Labels of <DataText text={name.dataset} max={60} />
      </h1>
      <div class="labels-tools">
        <LabelSetChoice value={name.set} known={known} onChange={onSet} />
        <AuthorField />
      </div>
      <div class="labels-facts">
        <dl class="labels-figures" aria-label="The label set">
          <Count name="labelled" count={page.labels} />
          <Count name="malicious" count={page.malicious} meaning="malicious" shape="▲" />
          <Count name="benign" count={page.benign} meaning="benign" shape="●" />
          <Count name="families" count={families} />
          <Count name="answers in the log" count={page.events} />
        </dl>
        {download !== null && (
          <p class="downloads">
            <a href={download} download title="In the format of the dataset: instance_id, label, family">
              Download CSV
            </a>
          </p>
        )}
      </div>
    </div>
  );
}

interface CountProps {
  readonly name: string;
  readonly count: number;
  readonly meaning?: 'malicious' | 'benign';
  readonly shape?: string;
}

function Count({ name, count, meaning, shape }: CountProps) {
  return (
    <div>
      <dt>
        {shape !== undefined && (
          <span aria-hidden="true" class={`shape ${meaning}`}>
            {shape}{' '}
          </span>
        )}
        {name}
      </dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}
