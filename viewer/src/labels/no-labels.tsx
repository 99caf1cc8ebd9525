import { useRouter } from '../app/context.js';
import { labelsPath } from '../app/routes.js';
import { CopyField } from '../components/copy-field.js';
import { DataText } from '../components/data-text.js';
import { Notice } from '../components/notice.js';
import { shellWord } from '../home/classify-command.js';
import { LabelSetChoice } from './label-set-choice.js';
import { usualSet } from './chosen-set.js';

export interface NoLabelsProps {
  readonly project: string;
  readonly dataset: string;
  /** The set that the address names, if it names one. */
  readonly asked: string | null;
  readonly known: readonly string[];
}

/** A dataset, or a set, without labels: how to come by some. */
export function NoLabels({ project, dataset, asked, known }: NoLabelsProps) {
  const router = useRouter();
  const words = `${shellWord(project)} ${shellWord(dataset)}`;
  const set = asked === null || asked === usualSet ? '' : ` --label-set ${shellWord(asked)}`;
  return (
    <>
      <h1 class="page-title">
        Labels of <DataText text={dataset} max={60} />
      </h1>
      <Notice
        kind="empty"
        title={
          asked === null ? (
            'Nobody has labelled an instance of this dataset yet'
          ) : (
            <>
              There is no label set <DataText text={asked} max={60} /> of this dataset
            </>
          )
        }
      >
        {known.length > 0 && (
          <LabelSetChoice
            value={known[0]}
            known={known}
            onChange={(next) => router.go(`${labelsPath(project, dataset)}?${new URLSearchParams({ set: next })}`)}
          />
        )}
        <p>Label any instance of an experiment in the panel that opens beside it, let a strategy ask, or take a CSV:</p>
        <CopyField label="Command" text={`secuml active-learning ${words}${set}`} />
        <CopyField label="Command" text={`secuml labels import ${words} FILE.csv${set}`} />
      </Notice>
    </>
  );
}
