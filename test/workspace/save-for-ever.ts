// Saves results and labels until it is killed; prints what it has been told is safe. Arguments: output folder.
import { openWorkspace } from '../../src/workspace/workspace.js';
import { exampleConfiguration, examplePredictions, exampleResult, exampleStart } from './example-result.js';

const [outputDir] = process.argv.slice(2);
const workspace = await openWorkspace(
  exampleConfiguration(outputDir, { kind: 'sqlite', file: `${outputDir}/secuml.db` }),
);
const curve = Array.from({ length: 6000 }, (_, i) => i / 6000);
const auc = { value: 1, low: null, high: null };
const data = { auc, falsePositiveRate: curve, truePositiveRate: curve, threshold: curve };
const result = exampleResult(examplePredictions(6000));
const panels = [...result.document.panels, { kind: 'roc-curve' as const, id: 'roc', title: 'ROC', data }];
process.stdout.write('ready\n');
for (let i = 0; ; i++) {
  const running = await workspace.begin(exampleStart);
  await running.finish({ ...result, document: { ...result.document, panels } });
  process.stdout.write(`saved ${running.id}\n`);
  const name = { project: 'P', dataset: 'D', set: 'main' };
  const answer = { instanceId: `${process.pid}-${i}`, ident: 'x', label: 'malicious', family: null } as const;
  const { kept } = await workspace.labels.append(name, [{ ...answer, author: null, source: null, iteration: null }]);
  process.stdout.write(`label ${kept[0].event.n} ${kept[0].event.instance_id}\n`);
}
