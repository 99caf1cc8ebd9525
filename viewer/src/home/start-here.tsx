import type { Home } from '../../../src/schema/api/experiments.js';
import { CopyField } from '../components/copy-field.js';
import { DataText } from '../components/data-text.js';
import { Notice } from '../components/notice.js';
import { classifyCommand } from './classify-command.js';

const listed = 12;

/** What to type when there is no experiment yet: a command for every dataset found. */
export function StartHere({ home }: { readonly home: Home }) {
  const { datasets, inputDir, outputDir } = home;
  if (datasets.length === 0) {
    return (
      <Notice kind="empty" title="No experiment and no dataset yet">
        <p>
          Results are looked for in <DataText text={outputDir} mono />, datasets in <DataText text={inputDir} mono />.
          Make a dataset out of one table:
        </p>
        <CopyField label="Command" text="secuml import FILE.csv --project PROJECT --dataset DATASET" />
      </Notice>
    );
  }
  return (
    <Notice kind="empty" title="No experiment yet: train and judge a first model">
      <p>
        Datasets found in <DataText text={inputDir} mono />; results will stand in <DataText text={outputDir} mono />.
      </p>
      {datasets.slice(0, listed).map(({ project, dataset }) => (
        <CopyField key={`${project}/${dataset}`} label="Command" text={classifyCommand(project, dataset)} />
      ))}
      {datasets.length > listed && <p>… and {datasets.length - listed} more datasets.</p>}
    </Notice>
  );
}
