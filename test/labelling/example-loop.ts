import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { computeIteration } from '../../src/experiments/labelling/compute-iteration.js';
import type { LabellingSettings } from '../../src/experiments/labelling/settings.js';
import { LoopDriver } from '../../src/labelling/loop-driver.js';
import type { LoopData, LoopParts } from '../../src/labelling/loop-parts.js';
import type { Dataset } from '../../src/ml/matrix/dataset.js';
import { randomStream } from '../../src/ml/random/stream.js';
import { inlineExecutor } from '../../src/parallel/inline-executor.js';
import type { GivenLabel } from '../../src/schema/labelling.js';
import type { LoopEvent } from '../../src/schema/loop-log.js';
import { StoredLoop } from '../../src/workspace/loop-store.js';
import { openWorkspace, type Workspace } from '../../src/workspace/workspace.js';
import { exampleConfiguration } from '../workspace/example-result.js';

const place = { project: 'P', dataset: 'D', id: 'L' };
const families = ['botnet', 'office', 'worm'];

/** n instances of three families, one of them benign; every tenth is the same as the one before. */
export function exampleDataset(n: number): Dataset & { truth: NonNullable<Dataset['truth']> } {
  const stream = randomStream(7, 'example loop');
  const [label, family] = [new Int8Array(n), new Int32Array(n)];
  const values = new Float64Array(3 * n);
  for (let row = 0; row < n; row++) {
    if (row % 10 === 9) {
      values.copyWithin(3 * row, 3 * row - 3, 3 * row);
      [label[row], family[row]] = [label[row - 1], family[row - 1]];
      continue;
    }
    family[row] = stream.below(3);
    label[row] = family[row] === 1 ? 0 : 1;
    for (let j = 0; j < 3; j++) values[3 * row + j] = stream.normal() + (j === family[row] ? 2 : 0);
  }
  return {
    project: 'P',
    name: 'D',
    ids: Array.from({ length: n }, (_, row) => `i${row}`),
    idents: Array.from({ length: n }, (_, row) => `file ${row}`),
    featureNames: ['a', 'b', 'c'],
    featureTypes: ['numeric', 'numeric', 'numeric'],
    X: { kind: 'dense', rows: n, columns: 3, values },
    truth: { label, family, families },
    hash: 'x',
  };
}

export const exampleSettings: LabellingSettings = {
  strategy: 'ilab',
  strategyParams: { uncertain: 2, queries: 2, clusterStrategy: 'center_anomalous' },
  budget: 30,
  model: 'logistic-regression',
  points: [{ C: 1, penalty: 'l2' }],
  tuningFolds: 4,
  impute: false,
  validationDatasets: [],
  seed: 3,
};

/** A loop in an output folder, without a command around it. */
export class ExampleLoop {
  private constructor(
    readonly output: string,
    readonly data: LoopData,
    private readonly workspace: Workspace,
    private readonly settings: LabellingSettings,
  ) {}

  /** Opens the loop of a folder; begins one where there is none. */
  static async open(output: string, settings = exampleSettings, rows = 60): Promise<ExampleLoop> {
    const dataset = exampleDataset(rows);
    const address = { kind: 'sqlite', file: join(output, 'secuml.db') } as const;
    const workspace = await openWorkspace(exampleConfiguration(output, address));
    const { X, truth } = dataset;
    const data = { dataset, truth, X, validationDatasets: [], meanings: new Map(), warnings: [] };
    const loop = new ExampleLoop(output, data, workspace, settings);
    const stored = new StoredLoop(output, place);
    if ((await stored.events()).length === 0) {
      const start: LoopEvent = {
        type: 'start',
        at: '',
        author: null,
        id: 'L',
        kind: 'active-learning',
        project: 'P',
        dataset: 'D',
        datasetHash: 'x',
        labelSet: 'set',
        request: {},
        settings: { ...settings },
      };
      await stored.append(() => [start]);
    }
    return loop;
  }

  parts(author: string | null): LoopParts {
    return {
      stored: new StoredLoop(this.output, place),
      labels: this.workspace.labels,
      data: this.data,
      settings: this.settings,
      executor: inlineExecutor,
      compute: computeIteration,
      author,
      signal: { cancelled: false },
    };
  }

  driver(author: string | null = 'alice'): Promise<LoopDriver> {
    return LoopDriver.open(this.parts(author));
  }

  truthOf(instanceId: string): GivenLabel {
    const { dataset, truth } = this.data;
    const row = dataset.ids.indexOf(instanceId);
    if (!truth) throw new Error('no truth');
    return { label: truth.label[row] === 1 ? 'malicious' : 'benign', family: families[truth.family[row]] };
  }

  /** Labels of the set as they stand, by instance. */
  async labels(): Promise<Record<string, string>> {
    const current = await this.workspace.labels.current({ project: 'P', dataset: 'D', set: 'set' }).catch(() => null);
    return Object.fromEntries([...(current ?? [])].map(([id, { label, family }]) => [id, `${label} ${family}`]).sort());
  }

  async close(): Promise<void> {
    await this.workspace.close();
  }
}

const logs = { loop: 'P/D/loops/L.jsonl', labels: 'P/D/labels/set.jsonl' };

/** The lines of both logs as they are. */
export function logLines(output: string): { loop: string[]; labels: string[] } {
  const linesOf = (path: string): string[] => {
    try {
      return readFileSync(join(output, path), 'utf8').split('\n').slice(0, -1);
    } catch {
      return [];
    }
  };
  return { loop: linesOf(logs.loop), labels: linesOf(logs.labels) };
}

/** Writes logs into a new output folder, as a crash or a power failure leaves them. */
export function writeLogs(output: string, { loop, labels }: { loop: string; labels: string }): void {
  for (const [path, text] of [
    [logs.loop, loop],
    [logs.labels, labels],
  ]) {
    mkdirSync(dirname(join(output, path)), { recursive: true });
    if (text !== '') writeFileSync(join(output, path), text);
  }
}

/** A loop's log without what differs between runs. */
export function timeless(lines: readonly string[]): unknown[] {
  return lines.map((line) => {
    const event = JSON.parse(line);
    delete event.at;
    if (event.figures) delete event.figures.seconds;
    return event;
  });
}
